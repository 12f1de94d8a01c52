//! The account of a whole package, however many machines made it.

use std::time::Instant;

use accolade::Lang;
use accolade::folder::Account;
use accolade::package::OfKind;
use accolade::report::account::PackageReport;
use accolade::roster::Balance;

use super::report::Reporter;

/// Tells of a whole package.
pub(super) fn tell(account: &Account, start: Instant, reporter: &Reporter) {
    let packed = PackageReport::new(account, start.elapsed().as_secs_f64());
    reporter.done_with(&packed, &account.diagnostics, |lang| text(&packed, lang));
}

fn text(packed: &PackageReport<'_>, lang: Lang) -> String {
    let Balance { r#in, issued, held, skipped } = packed.rows;
    let mut text = lang.pick(
        format!("{}：{in} 行 = 制作 {issued} + 扣下 {held} + 略过 {skipped}\n", packed.sheet),
        format!(
            "{}: {in} rows = {issued} made + {held} withheld + {skipped} skipped\n",
            packed.sheet
        ),
    );
    for OfKind { kind, documents, pages } in packed.documents {
        text += &lang.pick(
            format!("  {kind} {documents} 份，{pages} 页\n"),
            format!("  {kind}: {documents} documents, {pages} pages\n"),
        );
    }
    let (pages, seconds) = (packed.pages, packed.seconds);
    let package = packed.package.display();
    text + &lang.pick(
        format!("共 {pages} 页，用时 {seconds:.1} 秒\n压缩包：{package}\n"),
        format!("{pages} pages in {seconds:.1} s\npackage: {package}\n"),
    )
}
