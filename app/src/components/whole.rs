//! Phrases that no line breaks: dates, times, weekdays, and numbers with what they count.

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Plain(&'a str),
    /// Stays on one line.
    Whole(&'a str),
    /// Stays on one line that has room for it, which not every box has in large print on a phone.
    Long(&'a str),
}

impl<'a> Piece<'a> {
    /// The text, and the class of the element that holds it together.
    pub fn parts(self) -> (&'a str, Option<&'static str>) {
        match self {
            Self::Plain(text) => (text, None),
            Self::Whole(text) => (text, Some("whole")),
            Self::Long(text) => (text, Some("whole whole-long")),
        }
    }
}

/// The class of the element around all pieces of a link or a button, which lays out its children in a row.
pub const LINE: &str = "line";

/// Cuts a text at the ends of its phrases.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut before = ' ';
    while let Some(first) = text[at..].chars().next() {
        let length = phrase(&text[at..], first, before);
        if length == 0 {
            before = first;
            at += first.len_utf8();
            continue;
        }
        if from < at {
            pieces.push(Piece::Plain(&text[from..at]));
        }
        let whole = &text[at..at + length];
        let is_long = whole.is_ascii() && whole.len() > ROOM;
        pieces.push(if is_long { Piece::Long(whole) } else { Piece::Whole(whole) });
        at += length;
        from = at;
        before = ' ';
    }
    if from < text.len() {
        pieces.push(Piece::Plain(&text[from..]));
    }
    pieces
}

/// Latin characters that fit into the narrowest box in the largest print.
const ROOM: usize = 14;

/// Words that make a phrase by themselves.
const WORDS: [&str; 11] = ["上午", "中午", "下午", "晚上", "凌晨", "今天", "明天", "今晚", "周末", "不收费", "名额"];
/// What begins a phrase together with a number.
const BEFORE: [&str; 9] = ["上午", "中午", "下午", "晚上", "凌晨", "剩", "第", "满", "共"];
/// What is counted; of two that begin alike the longer one comes first.
const UNITS: [&str; 40] = [
    "个工作日",
    "个名额",
    "个字符",
    "个月",
    "个人",
    "个",
    "位数字",
    "位",
    "分钟",
    "分",
    "秒钟",
    "秒",
    "小时",
    "天",
    "周岁",
    "岁",
    "年",
    "月",
    "日",
    "元",
    "步",
    "部",
    "人",
    "对",
    "次",
    "条",
    "项",
    "张",
    "寸",
    "层",
    "号",
    "楼",
    "点",
    "件",
    "份",
    "字",
    "级",
    "倍",
    "页",
    "周",
];

/// What may follow the thing that is counted.
const LEFT: &str = " left";

/// Bytes of the phrase that a text begins with, whose first character is known already.
fn phrase(text: &str, first: char, before: char) -> usize {
    if first.is_ascii_digit() {
        // Within a number, a code or an address there is nothing to hold together.
        let apart = !before.is_ascii_alphanumeric() && !"#&*+-./:_".contains(before);
        return if apart { number(text, false) } else { 0 };
    }
    if first.is_ascii() {
        return 0;
    }
    let area = area(text, before);
    if area > 0 {
        return area;
    }
    let begun = |words: &[&str]| words.iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len());
    let lead = begun(&BEFORE);
    if lead > 0 {
        let space = usize::from(text[lead..].starts_with(' '));
        let counted = number(&text[lead + space..], true);
        if counted > 0 {
            return lead + space + counted;
        }
    }
    match text.strip_prefix("星期").and_then(|day| day.chars().next()) {
        Some(day) => "星期".len() + day.len_utf8(),
        None => begun(&WORDS),
    }
}

/// Characters of a street's or a community's name at most that stays on one line.
const AREA: usize = 6;

/// Bytes of the name of a street or a community that stands alone, as on an English page.
fn area(text: &str, before: char) -> usize {
    if !before.is_ascii() {
        return 0;
    }
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let length = text.chars().take_while(is_han).map(char::len_utf8).sum();
    let (name, rest) = text.split_at(length);
    let stands_alone = rest.is_empty() || rest.as_bytes()[0].is_ascii();
    let is_area = ["街道", "社区"].iter().any(|kind| name.len() > kind.len() && name.ends_with(kind));
    if stands_alone && is_area && name.chars().count() <= AREA { length } else { 0 }
}

/// Bytes of a number with what it counts; without a unit it is one only after a word that asks for it.
fn number(text: &str, alone: bool) -> usize {
    let digits = digits(text);
    if digits == 0 {
        return 0;
    }
    let rest = &text[digits..];
    let (space, named) = rest.strip_prefix(' ').map_or((0, rest), |named| (1, named));
    if let Some(unit) = UNITS.iter().find(|unit| named.starts_with(**unit)) {
        let end = digits + space + unit.len();
        let gap = usize::from(text[end..].starts_with(' '));
        let goes_on = matches!(*unit, "年" | "月" | "分");
        let more = if goes_on { number(&text[end + gap..], false) } else { 0 };
        return if more > 0 { end + gap + more } else { end };
    }
    if let Some(range) = range(text, digits) {
        return range;
    }
    if let Some(phone) = phone(text, digits) {
        return phone;
    }
    let word = named.bytes().take_while(u8::is_ascii_alphabetic).count();
    let end = digits + 1 + word;
    if space == 1 && word > 0 && end <= ROOM {
        let left = if text[end..].starts_with(LEFT) && end + LEFT.len() <= ROOM { LEFT.len() } else { 0 };
        return end + left + year(&text[end..], &named[..word]);
    }
    if alone { digits } else { 0 }
}

/// Bytes of the digits, with the signs between them.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while is_digit(end) || (end > 0 && matches!(bytes.get(end), Some(b':' | b',' | b'.')) && is_digit(end + 1)) {
        end += 1;
    }
    end
}

/// `09:00–12:00`.
fn range(text: &str, digits: usize) -> Option<usize> {
    const TO: char = '–';
    let end = text[digits..].strip_prefix(TO).map(self::digits)?;
    let until = digits + TO.len_utf8();
    let are_times = text[..digits].contains(':') && text[until..until + end].contains(':');
    are_times.then_some(until + end)
}

/// `138 0000 0000` and `0755-12345678`.
fn phone(text: &str, digits: usize) -> Option<usize> {
    let group = |at: usize, sign: char| text.get(at..)?.strip_prefix(sign).map(self::digits);
    if digits == 3 && group(3, ' ') == Some(4) && group(8, ' ') == Some(4) {
        return Some(13);
    }
    let line = group(digits, '-').filter(|line| *line >= 7)?;
    text.starts_with('0').then_some(digits + 1 + line)
}

/// Bytes of the year after the day and the English name of a month.
fn year(text: &str, month: &str) -> usize {
    const MONTHS: &str = "January February March April May June July August September October November December";
    let is_year = text.starts_with(' ') && digits(text.trim_start_matches(' ')) == 4;
    if is_year && MONTHS.split(' ').any(|name| name == month) { 5 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_street_is_whole_where_it_stands_alone() {
        assert_eq!(wholes("Elderly stations: 南头街道, Meals"), ["南头街道"]);
        assert_eq!(wholes("长者服务站：粤海街道的全部站点"), Vec::<&str>::new());
    }

    #[test]
    fn a_range_of_times_is_whole() {
        assert_eq!(wholes("09:00–12:00，14:00–17:30，要先预约"), ["09:00–12:00", "14:00–17:30"]);
        assert_eq!(wholes("9–12 月"), ["12 月"], "a range of months is none of times");
    }

    fn wholes(text: &str) -> Vec<&str> {
        let all = pieces(text);
        assert_eq!(all.iter().map(|piece| piece.parts().0).collect::<String>(), text, "nothing is lost");
        all.into_iter().map(Piece::parts).filter(|(_, class)| class.is_some()).map(|(text, _)| text).collect()
    }

    #[test]
    fn a_date_a_weekday_and_a_time_are_whole() {
        assert_eq!(wholes("2026年5月20日 星期三 上午 9:15 至 9:30"), ["2026年5月20日", "星期三", "上午 9:15"]);
        assert_eq!(wholes("今晚 12 点（5月19日 0:00）"), ["今晚", "12 点", "5月19日"]);
        assert_eq!(wholes("Wednesday 20 May 2026, 9:15 to 9:30 am"), ["20 May 2026", "9:15 to", "9:30 am"]);
        assert_eq!(wholes("周末不办理，上午也不收费"), ["周末", "上午", "不收费"]);
    }

    #[test]
    fn a_number_stays_with_what_it_counts() {
        assert_eq!(wholes("剩 77 个名额，第 2 步，共 5 步"), ["剩 77 个名额", "第 2 步", "共 5 步"]);
        assert_eq!(wholes("还有 1 分 05 秒，最多 20 位"), ["1 分 05 秒", "20 位"]);
        assert_eq!(wholes("77 places left, about 15 minutes"), ["77 places left", "15 minutes"]);
        assert_eq!(wholes("每月 1,413 元，18 位"), ["1,413 元", "18 位"]);
    }

    #[test]
    fn a_phone_number_is_whole_and_codes_are_left_alone() {
        assert_eq!(wholes("电话 0755-26661013，或者 138 0000 0000"), ["0755-26661013", "138 0000 0000"]);
        for text in ["K7MP-4CRT-9WXC", "440305********1234", "http://127.0.0.1:4902/m/K7", "&#x27;", "请拨打 12345。"]
        {
            assert_eq!(wholes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn only_long_english_dates_may_break_in_the_largest_print() {
        assert_eq!(pieces("20 May 2026"), [Piece::Whole("20 May 2026")]);
        assert_eq!(pieces("30 September 2026"), [Piece::Long("30 September 2026")]);
        assert_eq!(wholes("30 extraordinarily long words"), [""; 0]);
    }
}
