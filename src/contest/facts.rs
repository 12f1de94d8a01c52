//! What templates declare of the facts they read, and the facts of
//! `contest.toml` held against it.
//!
//! The declaration of `letter.typ` is `letter.toml` beside it. Templates get
//! every fact that is declared, with its default where `contest.toml` does not
//! say, and no other.

use jiff::civil::Date;
use serde_json::Value as Json;

use super::table::{Source, Table};
use crate::fault;

mod declarations;
mod declared;
mod given;

pub use declarations::Declarations;
pub(super) use declarations::declared_keys;
pub(super) use declared::join;
pub use declared::{Declaration, Declared, FromContest, Word};
use given::{complete, given, left_out, refuse_undeclared};

/// Fills in what the contest itself tells where nobody says.
pub(super) fn fill_from_contest(facts: &mut Json, declared: &[Declared], date: Date) {
    for fact in declared {
        let Some(value) = facts.get_mut(&fact.name) else { continue };
        match (fact.default_from, value.is_null()) {
            (Some(FromContest::Date), true) => *value = date.to_string().into(),
            (Some(FromContest::Year), true) => *value = date.year().into(),
            _ => fill_from_contest(value, &fact.fields, date),
        }
    }
}

/// The facts of a document kind in `[[documents]]`. Needed is what its template
/// cannot do without, and what its words speak of.
pub(super) fn of_document(
    source: &Source<'_>,
    declarations: &Declarations,
    template: Option<&str>,
    spoken: &[&str],
    kind: &Table<'_>,
) -> Json {
    let facts = kind.table("facts");
    let Some((template, declaration)) =
        template.and_then(|name| Some((name, declarations.of(name)?)))
    else {
        return Json::Null;
    };
    let place = facts.as_ref().map_or_else(|| kind.place(), Table::place);
    let path = kind.key("facts");
    let declared = declaration.document.iter().cloned().map(|fact| fact.spoken_of(spoken));
    let declared: Vec<_> = declared.collect();
    let declared: Vec<_> = declared.iter().collect();
    complete(source, facts.as_ref(), &declared, Some(template), &path, &place)
}

/// The facts that the documents of a volume see, and its sheets: those of the
/// kind, which is `bound`, with the volume's own over them.
pub(super) fn of_volume(
    source: &Source<'_>,
    declarations: &Declarations,
    bound: Option<(&str, &Json)>,
    sheet: Option<&str>,
    volume: &Table<'_>,
) -> Json {
    let own = volume.table("facts");
    let Some((bound, kinds_facts)) = bound else { return Json::Null };
    let declared_by = |template| declarations.of(template).map_or(&[][..], |it| &it.document);
    let bound_facts = declared_by(bound);
    let more = sheet.map_or(&[][..], declared_by).iter();
    let more: Vec<_> =
        more.filter(|fact| bound_facts.iter().all(|it| it.name != fact.name)).collect();
    let declared: Vec<&Declared> = bound_facts.iter().chain(more.iter().copied()).collect();

    let path = volume.key("facts");
    let mut facts = kinds_facts.as_object().cloned().unwrap_or_default();
    let meant = refuse_undeclared(source, own.as_ref(), &declared, Some(bound), &path);
    let place = own.as_ref().map_or_else(|| volume.place(), Table::place);
    if let Some(own) = &own {
        let given = declared.iter().filter_map(|fact| {
            Some((fact.name.clone(), given(source, own, &fact.name, fact, Some(bound))?))
        });
        facts.extend(given);
    }
    for fact in more {
        if !facts.contains_key(&fact.name) {
            facts.insert(fact.name.clone(), left_out(source, fact, &meant, &path, &place));
        }
    }
    Json::Object(facts)
}

/// The facts of the contest in `[facts]`. Whatever any template declares may
/// stand there, so that a kind of document can be left out for a while or have
/// a template that reads less; needed is what the templates in use need, and
/// what the words they print speak of.
pub(super) fn of_contest(
    source: &Source<'_>,
    declarations: &Declarations,
    used: &[(&str, Vec<&str>)],
    file: &Table<'_>,
) -> Json {
    let facts = file.table("facts");
    let place = facts.as_ref().map_or_else(|| file.place(), Table::place);
    let mut declared: Vec<Declared> = Vec::new();
    let in_use = used.iter().filter_map(|(template, spoken)| {
        let declaration = declarations.of(template)?;
        // A document's own fact goes before the contest's of its name.
        let own = |path: &&str| {
            let name = path.split('.').next();
            declaration.document.iter().any(|fact| name == Some(&fact.name))
        };
        let spoken: Vec<&str> = spoken.iter().copied().filter(|path| !own(path)).collect();
        Some(declaration.contest.iter().map(move |fact| fact.clone().spoken_of(&spoken)))
    });
    for fact in in_use.flatten() {
        if let Err(other) = join(&mut declared, fact.clone()) {
            let kind = fault::Facts::DeclaredOtherwise {
                key: format!("contest.{}", fact.name),
                templates: [other, fact.template.clone()],
            };
            source.fault(kind, place.clone());
        }
    }
    let idle = declarations.all().filter(|(template, _)| used.iter().all(|(it, _)| it != template));
    let idle = idle.flat_map(|(_, it)| &it.contest).chain(&declarations.built_in);
    for fact in idle {
        // Whoever is not in use has no say.
        let _ = join(&mut declared, fact.clone().idle());
    }
    let declared: Vec<_> = declared.iter().collect();
    complete(source, facts.as_ref(), &declared, None, "facts", &place)
}
