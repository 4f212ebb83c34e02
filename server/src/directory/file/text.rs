//! Bytes to text: a mark says what they are; without one they are UTF-8 if they can be, and else what Chinese spreadsheets write.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8};

use super::BadFile;

/// The text of a file in UTF-8, without its mark, read little by little. Each of its lines ends with one `\n`, the last too.
pub(super) struct Decoded<R> {
    file: R,
    decoder: Decoder,
    /// What was read and not given yet.
    ready: Vec<u8>,
    given: usize,
    /// The last byte of the text so far, as it was written.
    last: Option<u8>,
    is_over: bool,
}

/// Bytes that are read at once.
const AT_ONCE: usize = 16 << 10;

impl<R: Read + Seek> Decoded<R> {
    /// Reads the file once from end to end for what it is written in.
    pub(super) fn open(mut file: R) -> io::Result<Self> {
        let mut mark = Vec::new();
        file.rewind()?;
        file.by_ref().take(3).read_to_end(&mut mark)?;
        file.rewind()?;
        let (encoding, length) = match Encoding::for_bom(&mark) {
            Some(marked) => marked,
            None => (if is_utf8(&mut file)? { UTF_8 } else { GB18030 }, 0),
        };
        file.seek(SeekFrom::Start(length as u64))?;
        let decoder = encoding.new_decoder_without_bom_handling();
        Ok(Self { file, decoder, ready: Vec::new(), given: 0, last: None, is_over: false })
    }
}

/// All of a file, whatever it is written in.
///
/// # Errors
/// Where it cannot be read.
pub fn whole(file: impl Read + Seek) -> io::Result<String> {
    let mut text = String::new();
    Decoded::open(file)?.read_to_string(&mut text)?;
    Ok(text)
}

/// Whether all that is left of a file is UTF-8.
fn is_utf8(file: &mut impl Read) -> io::Result<bool> {
    let (mut bytes, mut kept) = (vec![0; AT_ONCE], 0);
    loop {
        let read = match file.read(&mut bytes[kept..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read?,
        };
        if read == 0 {
            return Ok(kept == 0);
        }
        let there = kept + read;
        let valid = match std::str::from_utf8(&bytes[..there]) {
            Ok(_) => there,
            // A character that the next bytes may complete.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        bytes.copy_within(valid..there, 0);
        kept = there - valid;
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.is_over {
            self.decode()?;
        }
        let size = buffer.len().min(self.ready.len() - self.given);
        buffer[..size].copy_from_slice(&self.ready[self.given..self.given + size]);
        self.given += size;
        Ok(size)
    }
}

impl<R: Read> Decoded<R> {
    /// Reads on; at the end of the file there is nothing more.
    fn decode(&mut self) -> io::Result<()> {
        let mut bytes = [0; AT_ONCE];
        let read = match self.file.read(&mut bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(()),
            read => read?,
        };
        let is_last = read == 0;
        let room = self.decoder.max_utf8_buffer_length_without_replacement(read).unwrap_or(4 * AT_ONCE);
        let mut text = String::with_capacity(room);
        let (result, _) = self.decoder.decode_to_string_without_replacement(&bytes[..read], &mut text, is_last);
        if result != DecoderResult::InputEmpty {
            return Err(io::Error::other(BadFile::Encoding));
        }
        self.ready.clear();
        self.given = 0;
        for byte in text.bytes() {
            match byte {
                b'\r' => self.ready.push(b'\n'),
                b'\n' if self.last == Some(b'\r') => {}
                other => self.ready.push(other),
            }
            self.last = Some(byte);
        }
        if is_last {
            self.ready.extend((!matches!(self.last, Some(b'\r' | b'\n'))).then_some(b'\n'));
            self.is_over = true;
        }
        Ok(())
    }
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
    use std::io::Cursor;

    use super::*;
    use proptest::prelude::*;

    fn decode(bytes: &[u8]) -> Result<String, BadFile> {
        Ok(whole(Cursor::new(bytes))?)
    }

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
            assert_eq!(decode(&bytes).unwrap(), "名称\n");
        }
        assert_eq!(decode(b"PK\x03\x04\xff\xff\xff\xff"), Err(BadFile::Encoding));
    }

    #[test]
    fn a_line_ends_alike_whoever_wrote_it() {
        for text in ["甲\r\n乙\r\n", "甲\r乙\r", "甲\n乙", "甲\r\n乙"] {
            assert_eq!(decode(text.as_bytes()).unwrap(), "甲\n乙\n", "{text:?}");
        }
        let long = "名称".repeat(AT_ONCE) + "\r\n";
        for before in 0..4 {
            // Wherever a character or the end of a line is cut by what is read at once.
            let text = "a".repeat(before) + &long.repeat(3);
            let expected = text.replace("\r\n", "\n");
            assert!(decode(text.as_bytes()).unwrap() == expected);
            assert!(decode(&Written::Gb18030.encode(&text)).unwrap() == expected);
        }
    }

    proptest! {
        #[test]
        fn whatever_was_written_is_read_again(text in "[a-z名称，。\u{20000}]{1,40}") {
            for written in [Written::Utf8, Written::Gb18030] {
                prop_assert_eq!(decode(&written.encode(&text)).unwrap(), text.clone() + "\n");
            }
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            drop(decode(&bytes));
        }
    }
}
