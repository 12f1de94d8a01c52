//! What kind of spreadsheet file there are, and what their names promise.

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    Html,
    SpreadsheetMl,
    Text,
}

impl Family {
    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Family::Xlsx => "xlsx",
            Family::Xlsb => "xlsb",
            Family::Xls => "xls",
            Family::Ods => "ods",
            Family::Html => "HTML",
            Family::SpreadsheetMl => "XML 2003",
            Family::Text => "CSV",
        }
    }

    /// Whether a file of this ending may be it; any other ending promises
    /// nothing. WPS writes both old and new workbooks as `.et`.
    pub(super) fn may_be_named(self, ending: &str) -> bool {
        let families: &[Family] = match ending {
            "xlsx" | "xlsm" | "xltx" => &[Family::Xlsx],
            "xls" | "xlt" => &[Family::Xls],
            "xlsb" => &[Family::Xlsb],
            "ods" => &[Family::Ods],
            "et" | "ett" => &[Family::Xls, Family::Xlsx],
            "csv" | "tsv" | "txt" => &[Family::Text],
            "html" | "htm" => &[Family::Html],
            "xml" => &[Family::SpreadsheetMl],
            _ => return true,
        };
        families.contains(&self)
    }
}
