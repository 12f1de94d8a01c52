//! The pages of any PDF as pictures, for people. Public for the page for clerks,
//! which shows what it inspects and verifies.

use crate::fault::{self, Diagnostics};
use crate::pdf::{Coloured, Pdf, Refusal};

/// A picture has at most this many pixels along its longer side: a larger page
/// is drawn coarser.
const LONGEST: f64 = 6000.0;

/// A page as a picture.
pub struct PagePicture {
    /// A PNG in colour.
    pub png: Vec<u8>,
    /// The page's size as it is shown, in millimetres.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// How many pages the PDF has.
    pub pages: usize,
}

/// A page of a PDF, counted from 1; `None` if it has fewer.
///
/// # Errors
/// It is no PDF, or needs a password.
pub fn of_page(
    pdf: &[u8],
    page: usize,
    pixels_per_inch: f64,
) -> Result<Option<PagePicture>, Diagnostics> {
    let pdf = Pdf::open(pdf.to_vec()).map_err(|refusal| match refusal {
        Refusal::Locked => fault::Pdf::PdfLocked,
        Refusal::Damaged => fault::Pdf::NotAPdf,
    })?;
    let pages = pdf.len();
    let Some(index) = page.checked_sub(1).filter(|index| *index < pages) else { return Ok(None) };
    let (width, height) = pdf.size(index);
    let most = LONGEST / (width.max(height) / 25.4);
    let drawn = pdf.coloured(index, pixels_per_inch.min(most) as f32);
    Ok(Some(PagePicture { png: png(&drawn), width, height, pages }))
}

fn png(drawn: &Coloured) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, drawn.width, drawn.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    let in_memory = "writing to memory cannot fail";
    let mut writer = encoder.write_header().expect(in_memory);
    writer.write_image_data(&drawn.rgb).expect(in_memory);
    writer.finish().expect(in_memory);
    bytes
}
