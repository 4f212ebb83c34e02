//! Characters that only stand for another: what old fonts, PDF files and old systems put in its place.

use unicode_normalization::char::decompose_compatible;

/// Hands on the character that is meant, in one piece or several; most mean themselves.
pub(super) fn meant(character: char, mut hand_on: impl FnMut(char)) {
    let character = of_old_systems(character);
    match character {
        '\u{2e80}'..='\u{2ef3}' => hand_on(nth(RADICALS, '\u{2e80}', character)),
        // The Tibetan dot that does not break the line.
        '\u{f0c}' => hand_on('\u{f0b}'),
        // Kangxi radicals, ligatures and the shapes of Arabic letters, which PDF files keep instead of the letters;
        // half-width katakana and hangul.
        '\u{2f00}'..='\u{2fd5}' | '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{ff61}'..='\u{ffdc}' => {
            decompose_compatible(character, hand_on);
        }
        _ => hand_on(character),
    }
}

/// Code points that GBK and GB 18030-2000 borrowed for characters which Unicode got later (GBK FE50 to FEA0, A8BC
/// and A8BF). GB 18030-2022 gives each its own.
fn of_old_systems(character: char) -> char {
    match character {
        '\u{e815}'..='\u{e864}' => nth(BORROWED, '\u{e815}', character),
        '\u{e7c7}' => 'ḿ',
        '\u{e7c8}' => 'ǹ',
        _ => character,
    }
}

fn nth(table: &str, first: char, character: char) -> char {
    let place = u32::from(character) - u32::from(first);
    table.chars().nth(place as usize).unwrap_or(character)
}

/// U+E815 to U+E864 in order. Read from the GB 18030 tables of glibc 2.36, and compared with those of ICU 78 (which
/// has all but the six that GB 18030 reaches by four bytes only: 𠂇 𠂉 𠃌 𡗗 𢦏 𤇾).
const BORROWED: &str = "\
    ⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱\
    䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// U+2E80 to U+2EF3 in order: `Equivalent_Unified_Ideograph` of the Unicode Character Database 18.0. The two without
/// one stand for themselves.
const RADICALS: &str = "\
    ⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛\
    犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑\
    钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

#[cfg(test)]
mod tests {
    use super::*;

    fn all(character: char) -> String {
        let mut text = String::new();
        meant(character, |c| text.push(c));
        text
    }

    #[test]
    fn what_gbk_borrowed_is_the_character_of_today() {
        for (borrowed, today) in [
            ('\u{e815}', "厂"),
            ('\u{e816}', "𠂇"),
            ('\u{e81e}', "龴"),
            ('\u{e831}', "𡗗"),
            ('\u{e844}', "䜣"),
            ('\u{e855}', "𤇾"),
            ('\u{e863}', "䶮"),
            ('\u{e864}', "龻"),
            ('\u{e7c7}', "ḿ"),
            ('\u{e000}', "\u{e000}"),
        ] {
            assert_eq!(all(borrowed), today);
        }
        let mut seen: Vec<char> = BORROWED.chars().collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 80);
    }

    #[test]
    fn a_radical_from_a_pdf_is_the_character_that_looks_like_it() {
        for (radical, ideograph) in [('⽊', "木"), ('⻰', "龙"), ('⻢', "马"), ('⺟', "母"), ('⼀', "一"), ('⿕', "龠")]
        {
            assert_eq!(all(radical), ideograph);
        }
        for radical in ('\u{2e80}'..='\u{2ef3}').chain('\u{2f00}'..='\u{2fd5}') {
            let without = matches!(radical, '\u{2e80}' | '\u{2e9a}');
            assert_eq!(all(radical) == String::from(radical), without, "{radical}");
        }
    }

    #[test]
    fn where_unicode_has_a_mapping_of_its_own_it_is_this_one() {
        for radical in '\u{2e80}'..='\u{2ef3}' {
            let mut mapped = String::new();
            decompose_compatible(radical, |c| mapped.push(c));
            assert!(mapped == String::from(radical) || mapped == all(radical), "{radical}");
        }
    }

    #[test]
    fn letters_as_a_pdf_shapes_them_are_the_letters() {
        for (shape, letters) in [('ﬁ', "fi"), ('ﻋ', "ع"), ('ﻻ', "لا"), ('ﾀ', "タ"), ('ﾡ', "\u{1100}")] {
            assert_eq!(all(shape), letters);
        }
    }
}
