//! How letters of the joining scripts (Arabic, Syriac, N'Ko, Mongolian and others) take hold of their neighbours.
//!
//! From `Joining_Type` of the Unicode Character Database 18.0; a test below makes the tables anew.

/// Whether a letter reaches for the one after it.
pub(super) fn joins_the_next(letter: char) -> bool {
    is_in(BOTH_SIDES, letter)
}

/// Whether a letter can be reached from the one before it.
pub(super) fn joins_the_one_before(letter: char) -> bool {
    is_in(BOTH_SIDES, letter) || is_in(BEFORE, letter)
}

fn is_in(ranges: &[(char, char)], letter: char) -> bool {
    ranges
        .binary_search_by(|&(first, last)| {
            if last < letter {
                std::cmp::Ordering::Less
            } else if first > letter {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

/// First and last of each range; the few that join only the next letter are no letters of names today.
#[rustfmt::skip]
const BOTH_SIDES: &[(char, char)] = &[
    ('\u{620}', '\u{620}'), ('\u{626}', '\u{626}'), ('\u{628}', '\u{628}'), ('\u{62a}', '\u{62e}'),
    ('\u{633}', '\u{63f}'), ('\u{641}', '\u{647}'), ('\u{649}', '\u{64a}'), ('\u{66e}', '\u{66f}'),
    ('\u{678}', '\u{687}'), ('\u{69a}', '\u{6bf}'), ('\u{6c1}', '\u{6c2}'), ('\u{6cc}', '\u{6cc}'),
    ('\u{6ce}', '\u{6ce}'), ('\u{6d0}', '\u{6d1}'), ('\u{6fa}', '\u{6fc}'), ('\u{6ff}', '\u{6ff}'),
    ('\u{712}', '\u{714}'), ('\u{71a}', '\u{71d}'), ('\u{71f}', '\u{727}'), ('\u{729}', '\u{729}'),
    ('\u{72b}', '\u{72b}'), ('\u{72d}', '\u{72e}'), ('\u{74e}', '\u{758}'), ('\u{75c}', '\u{76a}'),
    ('\u{76d}', '\u{770}'), ('\u{772}', '\u{772}'), ('\u{775}', '\u{777}'), ('\u{77a}', '\u{77f}'),
    ('\u{7ca}', '\u{7ea}'), ('\u{841}', '\u{845}'), ('\u{848}', '\u{848}'), ('\u{84a}', '\u{853}'),
    ('\u{855}', '\u{855}'), ('\u{860}', '\u{860}'), ('\u{862}', '\u{865}'), ('\u{868}', '\u{868}'),
    ('\u{886}', '\u{886}'), ('\u{889}', '\u{88d}'), ('\u{88f}', '\u{88f}'), ('\u{8a0}', '\u{8a9}'),
    ('\u{8af}', '\u{8b0}'), ('\u{8b3}', '\u{8b8}'), ('\u{8ba}', '\u{8c8}'), ('\u{1807}', '\u{1807}'),
    ('\u{1820}', '\u{1878}'), ('\u{1887}', '\u{18a8}'), ('\u{18aa}', '\u{18aa}'), ('\u{a840}', '\u{a872}'),
    ('\u{10ac0}', '\u{10ac4}'), ('\u{10acd}', '\u{10acd}'), ('\u{10ad3}', '\u{10adc}'), ('\u{10ade}', '\u{10ae0}'),
    ('\u{10aeb}', '\u{10aee}'), ('\u{10b80}', '\u{10b80}'), ('\u{10b82}', '\u{10b82}'), ('\u{10b86}', '\u{10b88}'),
    ('\u{10b8a}', '\u{10b8b}'), ('\u{10b8d}', '\u{10b8d}'), ('\u{10b90}', '\u{10b90}'), ('\u{10bad}', '\u{10bae}'),
    ('\u{10d00}', '\u{10d21}'), ('\u{10d23}', '\u{10d23}'), ('\u{10ec3}', '\u{10ec4}'), ('\u{10ec6}', '\u{10ec7}'),
    ('\u{10ed9}', '\u{10eee}'), ('\u{10f30}', '\u{10f32}'), ('\u{10f34}', '\u{10f44}'), ('\u{10f51}', '\u{10f53}'),
    ('\u{10f70}', '\u{10f73}'), ('\u{10f76}', '\u{10f81}'), ('\u{10fb0}', '\u{10fb0}'), ('\u{10fb2}', '\u{10fb3}'),
    ('\u{10fb8}', '\u{10fb8}'), ('\u{10fbb}', '\u{10fbc}'), ('\u{10fbe}', '\u{10fbf}'), ('\u{10fc1}', '\u{10fc1}'),
    ('\u{10fc4}', '\u{10fc4}'), ('\u{10fca}', '\u{10fcb}'), ('\u{1e900}', '\u{1e943}'),
];

#[rustfmt::skip]
const BEFORE: &[(char, char)] = &[
    ('\u{622}', '\u{625}'), ('\u{627}', '\u{627}'), ('\u{629}', '\u{629}'), ('\u{62f}', '\u{632}'),
    ('\u{648}', '\u{648}'), ('\u{671}', '\u{673}'), ('\u{675}', '\u{677}'), ('\u{688}', '\u{699}'),
    ('\u{6c0}', '\u{6c0}'), ('\u{6c3}', '\u{6cb}'), ('\u{6cd}', '\u{6cd}'), ('\u{6cf}', '\u{6cf}'),
    ('\u{6d2}', '\u{6d3}'), ('\u{6d5}', '\u{6d5}'), ('\u{6ee}', '\u{6ef}'), ('\u{710}', '\u{710}'),
    ('\u{715}', '\u{719}'), ('\u{71e}', '\u{71e}'), ('\u{728}', '\u{728}'), ('\u{72a}', '\u{72a}'),
    ('\u{72c}', '\u{72c}'), ('\u{72f}', '\u{72f}'), ('\u{74d}', '\u{74d}'), ('\u{759}', '\u{75b}'),
    ('\u{76b}', '\u{76c}'), ('\u{771}', '\u{771}'), ('\u{773}', '\u{774}'), ('\u{778}', '\u{779}'),
    ('\u{840}', '\u{840}'), ('\u{846}', '\u{847}'), ('\u{849}', '\u{849}'), ('\u{854}', '\u{854}'),
    ('\u{856}', '\u{858}'), ('\u{867}', '\u{867}'), ('\u{869}', '\u{86a}'), ('\u{870}', '\u{882}'),
    ('\u{88e}', '\u{88e}'), ('\u{8aa}', '\u{8ac}'), ('\u{8ae}', '\u{8ae}'), ('\u{8b1}', '\u{8b2}'),
    ('\u{8b9}', '\u{8b9}'), ('\u{10ac5}', '\u{10ac5}'), ('\u{10ac7}', '\u{10ac7}'), ('\u{10ac9}', '\u{10aca}'),
    ('\u{10ace}', '\u{10ad2}'), ('\u{10add}', '\u{10add}'), ('\u{10ae1}', '\u{10ae1}'), ('\u{10ae4}', '\u{10ae4}'),
    ('\u{10aef}', '\u{10aef}'), ('\u{10b81}', '\u{10b81}'), ('\u{10b83}', '\u{10b85}'), ('\u{10b89}', '\u{10b89}'),
    ('\u{10b8c}', '\u{10b8c}'), ('\u{10b8e}', '\u{10b8f}'), ('\u{10b91}', '\u{10b91}'), ('\u{10ba9}', '\u{10bac}'),
    ('\u{10d22}', '\u{10d22}'), ('\u{10ec2}', '\u{10ec2}'), ('\u{10f33}', '\u{10f33}'), ('\u{10f54}', '\u{10f54}'),
    ('\u{10f74}', '\u{10f75}'), ('\u{10fb4}', '\u{10fb6}'), ('\u{10fb9}', '\u{10fba}'), ('\u{10fbd}', '\u{10fbd}'),
    ('\u{10fc2}', '\u{10fc3}'), ('\u{10fc9}', '\u{10fc9}'),
];

#[cfg(test)]
mod tests {
    use icu_properties::{CodePointMapData, props::JoiningType};

    use super::*;

    #[test]
    fn the_tables_are_those_of_the_unicode_database() {
        let of = |kinds: &[JoiningType]| {
            let mut ranges: Vec<(char, char)> = Vec::new();
            let data = CodePointMapData::<JoiningType>::new();
            let joining = ('\0'..=char::MAX).filter(|c| kinds.contains(&data.get(*c)));
            for letter in joining {
                match ranges.last_mut() {
                    Some((_, last)) if u32::from(*last) + 1 == u32::from(letter) => *last = letter,
                    _ => ranges.push((letter, letter)),
                }
            }
            ranges
        };
        assert_eq!(BOTH_SIDES, of(&[JoiningType::DualJoining, JoiningType::LeftJoining]));
        assert_eq!(BEFORE, of(&[JoiningType::RightJoining]));
    }
}
