//! Numbers and texts one after the other, each as short as it comes. By hand, since what reads a derived form is as much code as
//! all else that a phone loads to find a place.

/// What writes them.
#[derive(Default)]
pub(super) struct Writer(pub Vec<u8>);

/// What reads them. Whatever is not there reads as nothing, and is remembered.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    pub is_broken: bool,
}

impl Writer {
    /// Seven bits a byte, the least first; all but the last have the eighth.
    pub fn number(&mut self, mut number: u32) {
        while number > 0x7f {
            self.0.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    /// Small ones are short, whatever their sign.
    pub fn signed(&mut self, number: i32) {
        self.number(((number << 1) ^ (number >> 31)).cast_unsigned());
    }

    pub fn text(&mut self, text: &str) {
        self.number(count(text.len()));
        self.0.extend_from_slice(text.as_bytes());
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
}

/// Lists and texts are far shorter; a longer one would not come out again, which a test of its own would tell.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl<'a> Reader<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, is_broken: false }
    }

    pub fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let Some((byte, rest)) = self.rest.split_first() else { break };
            self.rest = rest;
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

    pub fn text(&mut self) -> String {
        let length = self.number() as usize;
        let taken = self.rest.split_at_checked(length).and_then(|(text, rest)| {
            self.rest = rest;
            std::str::from_utf8(text).ok()
        });
        self.known(taken.map(str::to_owned)).unwrap_or_default()
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

    /// One of a closed list, by its place in it.
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let at = self.number() as usize;
        self.is_broken |= at >= all.len();
        all[at.min(all.len() - 1)]
    }

    /// What must be there.
    pub fn known<T>(&mut self, value: Option<T>) -> Option<T> {
        self.is_broken |= value.is_none();
        value
    }

    /// Whether all of it was read, and all of it was there.
    pub fn is_whole(&self) -> bool {
        !self.is_broken && self.rest.is_empty()
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
            let mut reader = Reader::of(&writer.0);
            prop_assert_eq!(reader.many(Reader::signed), numbers);
            prop_assert_eq!((reader.maybe(Reader::text), reader.maybe(Reader::text)), (Some(text), None));
            prop_assert!(reader.is_whole());
        }

        #[test]
        fn nothing_that_is_read_panics_or_takes_long(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut reader = Reader::of(&bytes);
            let texts = reader.many(Reader::text);
            prop_assert!(texts.len() <= bytes.len() + 1);
            reader.one_of(&[1, 2, 3]);
        }
    }
}
