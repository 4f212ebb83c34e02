//! Naming a character that somebody typed, in a sentence that asks them to take it out.

/// The character itself, or its code point where it would be invisible or break the line.
pub(super) fn shown(character: char) -> String {
    let hangul_filler = matches!(character, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    if hangul_filler || character.is_whitespace() || !(character.is_alphanumeric() || is_visible_sign(character)) {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

fn is_visible_sign(character: char) -> bool {
    character.is_ascii_graphic()
        || matches!(character,
            '\u{a1}'..='\u{ac}'
            | '\u{ae}'..='\u{2ff}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205e}'
            | '\u{20a0}'..='\u{20bf}'
            | '\u{2100}'..='\u{2bff}'
            | '\u{3001}'..='\u{303f}'
            | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_named_by_code_point() {
        assert_eq!(shown('\u{3164}'), "U+3164");
        assert_eq!(shown('\u{e000}'), "U+E000");
        assert_eq!(shown('\u{2028}'), "U+2028");
        assert_eq!(shown('😀'), "😀");
        assert_eq!(shown('王'), "王");
        assert_eq!(shown('3'), "3");
    }
}
