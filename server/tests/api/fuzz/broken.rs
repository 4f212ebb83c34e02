//! Values, texts and bodies as no honest client sends them.

use serde_json::{Value, json};
use testhouse::draw::Draw;

/// A value of any type.
pub(super) fn value(draw: &mut Draw) -> Value {
    match draw.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(i64::MAX),
        3 => json!(i64::MIN),
        4 => json!(u64::MAX),
        5 => json!(1e308),
        6 => json!(-1),
        7 => json!([]),
        8 => json!({}),
        9 => json!([[[{ "a": [null] }]]]),
        _ => json!(text(draw)),
    }
}

/// Texts that have broken something somewhere.
pub(super) fn text(draw: &mut Draw) -> String {
    const TEXTS: [&str; 24] = [
        "",
        " ",
        "\u{0}",
        "a\u{0}b",
        "\u{7f}\u{1b}[31m",
        "\r\nSet-Cookie: a=b",
        "１３９００００００００２",
        "١٢٣٤٥٦",
        "张三",
        "𠮷·阿卜杜拉",
        "👩‍👩‍👧",
        "e\u{301}\u{301}\u{301}",
        "\u{202e}txet",
        "\u{feff}",
        "\u{ffff}",
        "' or 1=1 --",
        "$1",
        "%00%2e%2e%2f",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "null",
        "-0",
        "1e400",
        "99999999999999999999999999",
    ];
    match draw.below(8) {
        0 => draw.of(&["x", "三", "０"]).repeat(1 + draw.below(1_500)),
        1 => {
            (0..draw.below(40)).filter_map(|_| char::from_u32(u32::try_from(draw.below(0x11_0000)).unwrap())).collect()
        }
        2 => format!("{:032x}", draw.number()),
        _ => (*draw.of(&TEXTS)).to_owned(),
    }
}

/// Bytes in the place of a body.
pub(super) fn body(draw: &mut Draw, good: &Value) -> Vec<u8> {
    let whole = good.to_string().into_bytes();
    match draw.below(12) {
        0 => Vec::new(),
        1 => whole[..draw.below(whole.len().max(1))].to_vec(),
        2 => [whole, b"}".to_vec()].concat(),
        3 => "[".repeat(1 + draw.below(30_000)).into_bytes(),
        4 => format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000)).into_bytes(),
        5 => [b"\xff\xfe".to_vec(), whole].concat(),
        6 => ["\u{feff}".as_bytes().to_vec(), whole].concat(),
        7 => b"{\"a\":\"\\ud800\"}".to_vec(),
        8 => value(draw).to_string().into_bytes(),
        9 if draw.one_in(4) => format!("{{\"name\":\"{}\"}}", "三".repeat(350_000)).into_bytes(),
        10 => json!([good]).to_string().into_bytes(),
        _ => {
            let mut flipped = whole;
            let at = draw.below(flipped.len().max(1));
            if let Some(byte) = flipped.get_mut(at) {
                *byte ^= 1 << draw.below(8);
            }
            flipped
        }
    }
}
