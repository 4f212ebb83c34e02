//! Texts and numbers one after the other, each as short as it comes, the texts in one piece before the numbers. By hand, since what
//! reads a derived form is as much code as all else that a phone loads to find a place.

/// What writes them.
#[derive(Default)]
pub(crate) struct Writer {
    texts: String,
    numbers: Vec<u8>,
}

/// What reads them. Whatever is not there reads as nothing, and is remembered.
pub(crate) struct Reader<'a> {
    texts: &'a str,
    numbers: &'a [u8],
    pub is_broken: bool,
}

impl Writer {
    pub fn number(&mut self, number: u32) {
        put(&mut self.numbers, number);
    }

    /// Small ones are short, whatever their sign.
    pub fn signed(&mut self, number: i32) {
        self.number(((number << 1) ^ (number >> 31)).cast_unsigned());
    }

    pub fn text(&mut self, text: &str) {
        self.number(count(text.len()));
        self.texts.push_str(text);
    }

    pub fn many<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.number(count(items.len()));
        for item in items {
            write(self, item);
        }
    }

    pub fn maybe<T>(&mut self, item: Option<&T>, write: impl Fn(&mut Self, &T)) {
        let items = match item {
            Some(item) => std::slice::from_ref(item),
            None => &[],
        };
        self.many(items, write);
    }

    /// All of it, after a number by which its shape is known.
    pub fn bytes(self, format: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, format);
        put(&mut bytes, count(self.texts.len()));
        [bytes.as_slice(), self.texts.as_bytes(), &self.numbers].concat()
    }
}

/// Seven bits a byte, the least first; all but the last have the eighth.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Lists and texts are far shorter; a longer one would not come out again, which a test of its own would tell.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl<'a> Reader<'a> {
    /// Of what was written after this number.
    pub fn of(bytes: &'a [u8], format: u32) -> Option<Self> {
        let mut reader = Self { texts: "", numbers: bytes, is_broken: false };
        let is_known = reader.number() == format;
        let length = reader.number() as usize;
        let (texts, numbers) = reader.numbers.split_at_checked(length)?;
        let texts = std::str::from_utf8(texts).ok()?;
        is_known.then_some(Self { texts, numbers, ..reader })
    }

    pub fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let Some((byte, rest)) = self.numbers.split_first() else { break };
            self.numbers = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return number;
            }
        }
        self.is_broken = true;
        0
    }

    pub fn signed(&mut self) -> i32 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }

    pub fn flag(&mut self) -> bool {
        self.number() == 1
    }

    pub fn text(&mut self) -> &'a str {
        let length = self.number() as usize;
        let Some((text, rest)) = self.texts.split_at_checked(length) else {
            self.is_broken = true;
            return "";
        };
        self.texts = rest;
        text
    }

    pub fn many<T>(&mut self, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.number();
        let mut items = Vec::new();
        for _ in 0..count {
            if self.is_broken {
                break;
            }
            items.push(read(self));
        }
        items
    }

    pub fn maybe<T>(&mut self, read: impl FnMut(&mut Self) -> T) -> Option<T> {
        self.many(read).pop()
    }

    /// Whether all of it was read, and all of it was there.
    pub fn is_whole(&self) -> bool {
        !self.is_broken && self.numbers.is_empty() && self.texts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in prop::collection::vec(any::<i32>(), 0..20), text in ".{0,20}") {
            let mut writer = Writer::default();
            writer.many(&numbers, |writer, number| writer.signed(*number));
            writer.maybe(Some(&text), |writer, text| writer.text(text));
            writer.maybe(None::<&String>, |writer, text| writer.text(text));
            let bytes = writer.bytes(7);
            let mut reader = Reader::of(&bytes, 7).unwrap();
            prop_assert_eq!(reader.many(Reader::signed), numbers);
            prop_assert_eq!((reader.maybe(Reader::text), reader.maybe(Reader::text)), (Some(text.as_str()), None));
            prop_assert!(reader.is_whole() && Reader::of(&bytes, 8).is_none());
        }

        #[test]
        fn nothing_that_is_read_panics_or_takes_long(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            for format in 0..3 {
                let Some(mut reader) = Reader::of(&bytes, format) else { continue };
                let texts = reader.many(Reader::text);
                prop_assert!(texts.len() <= bytes.len() + 1);
            }
        }
    }
}
