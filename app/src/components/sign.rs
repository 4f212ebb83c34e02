//! Line drawings that help to find a service or an event of life; like icons they never stand alone.

use leptos::prelude::*;

use super::icon::lines;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Rings,
    Bowl,
    Certificate,
    Home,
    Purse,
    Illness,
    Wheelchair,
    Cane,
    Child,
    Candle,
}

impl Sign {
    /// The lines, on a ground of 24 by 24.
    fn path(self) -> &'static str {
        match self {
            Self::Rings => {
                "M8.5 8.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M15.5 8.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M6.7 5.7l1.8-2.2 1.8 2.2-1.8 1.6z"
            }
            Self::Bowl => {
                "M3.5 11.5h17a8.5 8.5 0 0 1-5.5 7.6V21H9v-1.9a8.5 8.5 0 0 1-5.5-7.6M9 3.5c1.2 1.5 1.2 3 0 4.5M14 3.5c1.2 1.5 1.2 3 0 4.5"
            }
            Self::Certificate => {
                "M14 16H4V4h16v12h-2M7.5 8h9M7.5 11.5h4M16 11a3 3 0 1 0 0 6 3 3 0 0 0 0-6M14.2 16.6V21l1.8-1.3 1.8 1.3v-4.4"
            }
            Self::Home => {
                "M3.5 11.2 12 4l8.5 7.2M6 9.3V20h12V9.3M12 17.4l-2.9-2.8a1.8 1.8 0 0 1 2.9-2.1 1.8 1.8 0 0 1 2.9 2.1z"
            }
            Self::Purse => {
                "M18 8H5.5A1.5 1.5 0 0 1 4 6.5v0A1.5 1.5 0 0 1 5.5 5H16v3M4 6.5V18a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2M16 14v.1"
            }
            Self::Illness => {
                "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4M12 8v8M8 12h8"
            }
            Self::Wheelchair => "M10 4v.1M10 7.5v6.3h5.2l2.3 5.2M10 10.3h4.5M7.6 11.2a5 5 0 1 0 6.7 6.6",
            Self::Cane => {
                "M10 3a1.8 1.8 0 1 0 0 3.6A1.8 1.8 0 0 0 10 3M10 9c-2 .6-3 2.6-3 5.2V16h2.2l.5 5M10 9l2.6 3.2H15M12 15.5l.7 5.5M16.8 13a1.4 1.4 0 0 1 2.7.4V21"
            }
            Self::Child => "M12 4a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 12 4M6 20.5c0-4.4 2.2-7 6-7s6 2.6 6 7",
            Self::Candle => {
                "M9 11.5h6v9H9zM12 11.5V9M12 2.8c1.5 1.8 2.1 2.8 2.1 3.8a2.1 2.1 0 0 1-4.2 0c0-1 .6-2 2.1-3.8M5.5 20.5h13"
            }
        }
    }
}

#[component]
pub fn SignDrawing(sign: Sign) -> impl IntoView {
    lines("icon sign", "32", "1.6", sign.path())
}
