//! What a call answers: a value, or why not, in the reader's language.

use accolade::Lang;
use accolade::fault::wording::Wording;
use accolade::fault::{Class, Diagnostic, Diagnostics, Remedy};
use accolade::report::faults::FaultReport;
use axum::Json;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A value, or why there is none.
pub(super) type Answer = Result<Json<Value>, Refusal>;

/// What keeps a call from its work, before it is put into the reader's language.
#[derive(Debug)]
pub(super) enum Stop {
    /// What the library says.
    Faults(Diagnostics),
    /// What the desk itself has to say.
    Refusal(Refusal),
}

/// A value, or what keeps a call from it.
pub(super) type Found = Result<Json<Value>, Stop>;

impl From<Diagnostics> for Stop {
    fn from(faults: Diagnostics) -> Self {
        Self::Faults(faults)
    }
}

impl From<Diagnostic> for Stop {
    fn from(fault: Diagnostic) -> Self {
        Self::Faults(fault.into())
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl Stop {
    /// In the reader's language.
    pub(super) fn told(self, lang: Lang) -> Refusal {
        match self {
            Self::Faults(faults) => Refusal::of(&faults, lang),
            Self::Refusal(refusal) => refusal,
        }
    }
}

/// Why a call was not answered.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    faults: Vec<FaultReport>,
}

impl Refusal {
    /// What kept the library from its work.
    fn of(faults: &Diagnostics, lang: Lang) -> Self {
        let status = match faults.class() {
            Class::Data => StatusCode::UNPROCESSABLE_ENTITY,
            Class::Transient => StatusCode::SERVICE_UNAVAILABLE,
            Class::Usage => StatusCode::BAD_REQUEST,
            Class::Environment => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self { status, faults: told(faults, lang) }
    }

    /// What the desk itself has to say.
    pub(super) fn own(status: StatusCode, code: &'static str, message: &str, help: &str) -> Self {
        let wording = Wording { message: message.to_owned(), help: help.to_owned() };
        Self { status, faults: vec![FaultReport::error(code, wording)] }
    }

    /// What it says.
    pub(super) fn faults(&self) -> &[FaultReport] {
        &self.faults
    }

    /// The program has failed as nobody has foreseen.
    pub(super) fn broken(lang: Lang) -> Self {
        let (message, help) = lang.pick(
            ("程序意外中止了这一步，别的都还在", "再试一次；若仍如此，请把做到哪一步告诉维护者"),
            (
                "the program has failed unexpectedly at this step; nothing else is lost",
                "try again; if it fails again, tell the maintainers at which step",
            ),
        );
        Self::own(StatusCode::INTERNAL_SERVER_ERROR, "internal-error", message, help)
    }

    /// Another page has opened another contest.
    pub(super) fn elsewhere(lang: Lang) -> Self {
        let (message, help) = lang.pick(
            ("别处刚打开了另一个大赛，这一步没有做", "先打开原来的大赛，再做一次"),
            (
                "another contest was opened elsewhere, so nothing was done",
                "open the contest you mean, then do it again",
            ),
        );
        Self::own(StatusCode::CONFLICT, "another-contest", message, help)
    }

    /// There is nothing of the name asked for.
    pub(super) fn gone(lang: Lang) -> Self {
        let (message, help) = lang.pick(
            ("这一项已经不在了", "别处刚改过，请再看一次"),
            ("this is no longer there", "somebody has just changed it: look again"),
        );
        Self::own(StatusCode::NOT_FOUND, "gone", message, help)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "faults": self.faults }))).into_response()
    }
}

/// Faults in words that name no command.
pub(super) fn told(faults: &Diagnostics, lang: Lang) -> Vec<FaultReport> {
    let told = |fault| FaultReport::new(fault, lang, Remedy::sentence);
    faults.iter().map(told).collect()
}

/// A value as the body of an answer.
pub(super) fn value(value: impl Serialize) -> Value {
    serde_json::to_value(value).expect("answers have keys that are text")
}

/// The language that a call asks for by `lang=zh` or `lang=en`: Chinese without.
#[derive(Debug, Clone, Copy)]
pub(super) struct In(pub Lang);

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    lang: String,
}

impl<S: Send + Sync> FromRequestParts<S> for In {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(&parts.uri))
    }
}

impl In {
    /// The language that an address asks for.
    pub(super) fn of(uri: &Uri) -> Self {
        let asked = Query::<Asked>::try_from_uri(uri);
        let lang = asked.map_or(String::new(), |Query(asked)| asked.lang);
        Self(if lang.is_empty() { Lang::Zh } else { Lang::of_tag(&lang) })
    }
}
