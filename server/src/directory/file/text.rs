//! Bytes to text: a mark says what they are; without one they are UTF-8 if they can be, and else what Chinese spreadsheets write.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::BadFile;

/// The whole text, without its mark.
///
/// # Errors
/// [`BadFile::Empty`], [`BadFile::Encoding`].
pub fn decode(bytes: &[u8]) -> Result<String, BadFile> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| {
        let is_utf8 = std::str::from_utf8(bytes).is_ok();
        (if is_utf8 { UTF_8 } else { GB18030 }, 0)
    });
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]).ok_or(BadFile::Encoding)?;
    if text.trim().is_empty() { Err(BadFile::Empty) } else { Ok(text.into_owned()) }
}

/// What a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    /// With the mark that spreadsheets know it by.
    #[default]
    Utf8,
    Gb18030,
}

impl Written {
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Self::Gb18030 => GB18030.encode(text).0.into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_is_read_in_whatever_it_was_saved() {
        let text = "名称,地址\n海珠站,示例路 1 号\n";
        let utf16 = |be: bool| {
            let units = "\u{feff}名称".encode_utf16();
            units.flat_map(|unit| if be { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
        };
        for bytes in [text.as_bytes().to_vec(), Written::Utf8.encode(text), Written::Gb18030.encode(text)] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
        for bytes in [utf16(true), utf16(false)] {
            assert_eq!(decode(&bytes).unwrap(), "名称");
        }
        assert_eq!(decode(b""), Err(BadFile::Empty));
        assert_eq!(decode(b"\xef\xbb\xbf \n"), Err(BadFile::Empty));
        assert_eq!(decode(b"PK\x03\x04\xff\xff\xff\xff"), Err(BadFile::Encoding));
    }

    proptest! {
        #[test]
        fn whatever_was_written_is_read_again(text in "[a-z名称，。\u{20000}]{1,40}") {
            for written in [Written::Utf8, Written::Gb18030] {
                prop_assert_eq!(&decode(&written.encode(&text)).unwrap(), &text);
            }
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            drop(decode(&bytes));
        }
    }
}
