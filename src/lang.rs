//! The languages that the program itself speaks.

/// A language that the program itself speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 简体中文.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The one of two texts that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The one that a language's tag stands for: English for every language but
    /// Chinese.
    pub fn of_tag(tag: &str) -> Self {
        if tag == "zh" || tag.starts_with("zh-") { Self::Zh } else { Self::En }
    }

    /// What stands between names where they are one text. In English names may
    /// have commas of their own.
    pub(crate) fn between_names(self) -> &'static str {
        self.pick("、", "; ")
    }
}
