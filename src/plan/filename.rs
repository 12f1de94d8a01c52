//! Any text → a file name that Windows, zip tools and people can live with.

use std::collections::HashSet;

use crate::contest::Contest;
use crate::lang::Lang;

/// The longest name, in UTF-16 units and in UTF-8 bytes: a path of four such
/// names still unpacks under a folder of Windows's 260, and no file system
/// takes more than 255 bytes.
const LONGEST: (usize, usize) = (80, 240);

/// What Windows forbids in a name; its full-width twins, which Chinese names
/// have instead, so that nothing is lost; and what others have.
const FORBIDDEN: [(char, char, char); 9] = [
    ('/', '／', '-'),
    ('\\', '＼', '-'),
    (':', '：', '-'),
    ('*', '＊', '_'),
    ('?', '？', '_'),
    ('"', '＂', '\''),
    ('<', '＜', '('),
    ('>', '＞', ')'),
    ('|', '｜', '-'),
];

/// A value that may stand inside a name: no folder can be named by it.
pub(super) fn value(text: &str, lang: Lang) -> String {
    let safe = |c: char| match FORBIDDEN.iter().find(|(forbidden, ..)| *forbidden == c) {
        Some((_, twin, plain)) => lang.pick(*twin, *plain),
        None if c.is_control() => '_',
        None => c,
    };
    text.chars().map(safe).collect()
}

/// Makes every name of a `/`-separated path safe; the last keeps its
/// extension.
pub(super) fn path(text: &str) -> String {
    let (folders, file) = text.rsplit_once('/').map_or((None, text), |(a, b)| (Some(a), b));
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let folders = folders.into_iter().flat_map(|folders| folders.split('/'));
    let mut names: Vec<String> = folders.map(|folder| name(folder, "")).collect();
    let extension = if extension.is_empty() { String::new() } else { format!(".{extension}") };
    names.push(name(stem, &extension) + &extension);
    names.join("/")
}

/// The name of a file: what is too long is cut before the note, which tells it
/// from others.
pub(super) fn noted(text: &str, note: &str, extension: &str) -> String {
    let tail = format!("{note}.{extension}");
    path(&format!("{}{tail}", cut(text, &tail)))
}

/// The file name of a contest's package with another ending.
pub(crate) fn file_name(contest: &Contest, ending: &str) -> String {
    let (note, extension) = ending.rsplit_once('.').unwrap_or((ending, ""));
    let lang = contest.language.lang;
    noted(&value(&contest.package, lang), &value(note, lang), extension)
}

/// As much of a text as a name may have that ends with `tail`.
fn cut<'a>(text: &'a str, tail: &str) -> &'a str {
    let text = text.trim();
    let (mut units, mut bytes) = (tail.encode_utf16().count(), tail.len());
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        bytes += c.len_utf8();
        units > LONGEST.0 || bytes > LONGEST.1
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// A safe name that leaves room for `tail`.
fn name(text: &str, tail: &str) -> String {
    let mut name = cut(text, tail).to_owned();
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    if name.is_empty() || is_reserved(&name) {
        name.push('_');
    }
    name
}

/// Names that Windows keeps for devices, with or without an extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|n| {
            matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

/// The paths given out so far: no two may differ in case alone.
#[derive(Debug, Default)]
pub(super) struct Taken(HashSet<String>);

impl Taken {
    /// The path itself, or with ` (2)` and so on before its extension.
    pub(super) fn unique(&mut self, path: &str) -> String {
        self.unique_but(path, &Self::default())
    }

    /// The same, where others have taken some.
    pub(super) fn unique_but(&mut self, path: &str, others: &Self) -> String {
        let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
        let numbered = (2..).map(|n| format!("{stem} ({n}).{extension}"));
        let is_free = |candidate: &String| {
            let candidate = lowercase(candidate);
            !others.0.contains(&candidate) && self.0.insert(candidate)
        };
        std::iter::once(path.to_owned())
            .chain(numbered)
            .find(is_free)
            .expect("one of endless names is free")
    }
}

/// A path in small letters, of which most hold none.
fn lowercase(path: &str) -> String {
    match path.chars().all(|c| c.is_ascii() || ('\u{2E80}'..='\u{9FFF}').contains(&c)) {
        true => path.to_ascii_lowercase(),
        false => path.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_value_can_name_a_folder_or_a_device() {
        for (typed, safe) in [
            ("../../x", "..／..／x.pdf"),
            (r"C:\x", "C：＼x.pdf"),
            ("CON", "CON_.pdf"),
            ("com1.txt", "com1.txt_.pdf"),
            ("尾点. . ", "尾点.pdf"),
            ("..", "_.pdf"),
            ("=cmd|'a'!A1", "=cmd｜'a'!A1.pdf"),
            ("Console", "Console.pdf"),
        ] {
            assert_eq!(path(&format!("{}.pdf", value(typed, Lang::Zh))), safe);
        }
        let english = path(&format!("{}.pdf", value(r#"../a: "b"|C\d?"#, Lang::En)));
        assert_eq!(english, "..-a- 'b'-C-d_.pdf");
    }

    #[test]
    fn a_long_name_is_cut_and_keeps_its_extension() {
        let path = path(&format!("证书/{}.pdf", "长".repeat(300)));
        let file = path.strip_prefix("证书/").unwrap();
        assert!(file.len() <= 240 && file.encode_utf16().count() <= 80, "{}", file.len());
        assert!(file.ends_with("长.pdf"));
    }

    #[test]
    fn a_note_is_never_cut() {
        assert_eq!(noted("结果", "（样张）", "zip"), "结果（样张）.zip");
        let long = noted(&"长".repeat(300), "（荣誉证书，样张）", "zip");
        assert!(long.ends_with("长（荣誉证书，样张）.zip"), "{long}");
        assert!(long.len() <= 240 && long.encode_utf16().count() <= 80, "{}", long.len());
    }

    #[test]
    fn paths_differ_in_more_than_case() {
        let mut taken = Taken::default();
        let paths = ["a/X.pdf", "a/x.pdf", "a/X.pdf"].map(|path| taken.unique(path));
        assert_eq!(paths, ["a/X.pdf", "a/x (2).pdf", "a/X (3).pdf"]);
    }
}
