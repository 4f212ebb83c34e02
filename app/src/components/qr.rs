//! A QR code as a drawing, dark on light in every theme.

use std::fmt::Write;

use leptos::prelude::*;
use qrcode::{EcLevel, QrCode, types::Color};

/// Draws `content`; nothing when it is too long for any code.
#[component]
pub fn Qr(#[prop(into)] content: String, #[prop(into)] label: String) -> impl IntoView {
    let code = QrCode::with_error_correction_level(content, EcLevel::M).ok()?;
    let size = code.width() + 2 * QUIET;
    Some(view! {
        <div class="qr">
            <svg
                role="img"
                aria-label=label
                viewBox=format!("0 0 {size} {size}")
                width="208"
                height="208"
                shape-rendering="crispEdges"
            >
                <path d=path(&code) />
            </svg>
        </div>
    })
}

/// Light modules around the code; the box around it adds as much again.
const QUIET: usize = 2;

/// One bar for each run of dark modules in a row.
fn path(code: &QrCode) -> String {
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|left, right| left == right) {
            if run[0] == Color::Dark {
                let length = run.len();
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", column + QUIET, row + QUIET);
            }
            column += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let code = QrCode::new("https://huimin.example/marriage/bookings/K7MP4CRT9WXH").unwrap();
        let dark = code.to_colors().into_iter().filter(|color| *color == Color::Dark).count();
        let path = path(&code);
        let lengths = path.split('h').filter_map(|part| part.split_once("v1")?.0.parse::<usize>().ok());
        assert_eq!(lengths.sum::<usize>(), dark);
    }
}
