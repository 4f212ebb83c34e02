//! Names beside each other, without the ending that they share.

/// Characters that are left of each at least.
const LEAST: usize = 2;

/// What tells each from the others: `科技园` of `科技园社区长者服务站（演示）` beside other stations of communities.
pub(super) fn names<'n>(names: &[&'n str]) -> Vec<&'n str> {
    let ending = names.first().map_or("", |&first| shared_ending(first, names));
    names.iter().map(|&name| without(name, ending)).collect()
}

/// The longest ending of the first that all have and that leaves something of each.
fn shared_ending<'n>(first: &'n str, names: &[&str]) -> &'n str {
    let leaves = |name: &str, ending: &str| name.ends_with(ending) && without(name, ending).chars().count() >= LEAST;
    let mut endings = first.char_indices().map(|(at, _)| &first[at..]);
    endings.find(|ending| is_whole(ending) && names.iter().all(|name| leaves(name, ending))).unwrap_or_default()
}

fn without<'n>(name: &'n str, ending: &str) -> &'n str {
    name.strip_suffix(ending).unwrap_or(name).trim_end()
}

/// Neither cut within a word of letters nor within brackets.
fn is_whole(ending: &str) -> bool {
    let count = |brackets: [char; 2]| ending.matches(brackets).count();
    !ending.starts_with(|first: char| first.is_ascii_alphanumeric()) && count(['（', '(']) == count(['）', ')'])
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn of_each_name_is_said_what_the_others_have_not() {
        let stations = ["科技园社区长者服务站（演示）", "创业路社区长者服务站（演示）"];
        assert_eq!(names(&stations), ["科技园", "创业路"]);
        assert_eq!(
            names(&[stations[0], "粤海街道长者服务中心（演示）"]),
            ["科技园社区长者服务站", "粤海街道长者服务中心"]
        );
        assert_eq!(names(&["海珠社区", "龙珠社区"]), ["海珠", "龙珠"], "a single character says too little");
        assert_eq!(
            names(&["甲站（演示）", "乙站（公示）"]),
            ["甲站（演示）", "乙站（公示）"],
            "no bracket is cut in two"
        );
        let english = ["Nanshan District Marriage Registry", "Demo Bay Marriage Registry"];
        assert_eq!(names(&english), ["Nanshan District", "Demo Bay"]);
        assert_eq!(names(&["Nanyuan (demo)", "Beiyuan (demo)"]), ["Nanyuan", "Beiyuan"], "nor a word");
        assert_eq!(names(&["同名站", "同名站"]), ["同名", "同名"]);
    }
}
