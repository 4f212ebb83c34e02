use proptest::prelude::*;

use super::*;
use crate::hours::{HoursReason, Span};

fn meals(name: &str) -> Option<String> {
    (name == "助餐").then(|| "meals".to_owned())
}

fn called(id: &str) -> Option<String> {
    (id == "meals").then(|| "助餐".to_owned())
}

fn again(text: &str) -> Option<String> {
    write(&read(text, meals)?, called)
}

#[test]
fn what_lists_announce_is_read_however_it_is_written() {
    for (text, same) in [
        ("周一至周五 9:00-12:00,14:00-17:30", "周一、周二、周三、周四、周五 09:00-12:00,14:00-17:30"),
        ("星期一到星期五９：００—１２：００，14:00～17:30。", "周一、周二、周三、周四、周五 09:00-12:00,14:00-17:30"),
        ("周六日 9:00至12:00", "周六、周日 09:00-12:00"),
        ("周一、三、五 9:00-12:00", "周一、周三、周五 09:00-12:00"),
        ("每天 24小时", "每天 00:00-24:00"),
        ("工作日 8:30-17:30；法定节假日休息", "工作日 08:30-17:30；节假日休息"),
        ("每天 9:00-17:00；法定节日当天休息", "每天 09:00-17:00；法定节日当天休息"),
        ("每周一至周三 8:30-12:00", "周一、周二、周三 08:30-12:00"),
        ("周一、周二 上午9:00-12:00 下午2:00-5:30", "周一、周二 09:00-12:00,14:00-17:30"),
        ("周一、周二上午9:00-12:00，下午14:00-17:30", "周一、周二 09:00-12:00,14:00-17:30"),
        ("周三 上午9:00至下午5:30", "周三 09:00-17:30"),
        ("周一、周二（法定节假日除外）上午9:00-12:00", "周一、周二 09:00-12:00；节假日休息"),
        ("每星期一 9:00-12:00，节假日休息", "周一 09:00-12:00；节假日休息"),
        (
            "周一至周五9:00-17:00;助餐：工作日 11:00-13:00",
            "周一、周二、周三、周四、周五 09:00-17:00；助餐：工作日 11:00-13:00",
        ),
        ("每天 先打电话", "每天先打电话"),
        ("周三 预约 9:00-12:00", "周三 预约 09:00-12:00"),
        ("周一、周二9:00-12:00 14:00-18:00", "周一、周二 09:00-12:00,14:00-18:00"),
        ("周一 9:00 - 12:00  下午 2:00 至 5:30", "周一 09:00-12:00,14:00-17:30"),
        ("24小时", "每天 00:00-24:00"),
        ("助餐：24 小时", "助餐：每天 00:00-24:00"),
        ("周六 24小时营业", "周六 00:00-24:00"),
        ("每天 22:00-次日2:00", "每天 22:00-26:00"),
        ("每天 22:00-次日凌晨 2:00", "每天 22:00-26:00"),
        ("每天 22:00-2:00", "每天 22:00-26:00"),
        ("每天 晚上8:00-凌晨1:30", "每天 20:00-25:30"),
        ("每天 凌晨0:00-6:00", "每天 00:00-06:00"),
        ("2026-02-16,2026-02-17 10:00-13:00", "2026-02-16,2026-02-17 10:00-13:00"),
    ] {
        assert_eq!(again(text).as_deref(), Some(same), "{text}");
    }
}

#[test]
fn what_is_not_understood_whole_is_not_read_at_all() {
    for text in [
        "",
        "9:00-17:30",
        "日出到日落",
        "周一至周五 9:00-17:00（午休）",
        "周一至周五 9:00-17:00；其他时间请致电",
        "周五至周一 9:00-17:00",
        "周一至 9:00-17:00",
        "周一 12:00-12:00",
        "周一 14:00-05:30",
        "周一 9:00-12:00 14:00",
        "24小时热线",
        "周一 9:00-17:00；周一 10:00-12:00",
        "助浴：周一 9:00-17:00",
        "周一 9-17",
        "周八 9:00-17:00",
        "周一 上午",
        "周一 上午9:00-12:00 下午",
        "周一 中午11:30-1:30",
        "法定节假日除外",
        "每一 9:00-17:00",
    ] {
        assert_eq!(read(text, meals), None, "{text}");
    }
}

#[test]
fn two_times_that_can_be_none_are_found_whatever_else_is_said() {
    for (text, why) in [
        ("周一至周五 12:00-12:00", HoursReason::Same),
        ("天晴就开，12:00—12:00", HoursReason::Same),
        ("每天 24:00-8:00", HoursReason::Opens),
        ("每天 9:60 至 12:00", HoursReason::Opens),
        ("9:00-12:60（周三休息）", HoursReason::Closes),
        ("每天 9:00-49:00", HoursReason::Closes),
        ("周一 9:00-12:00 下午2:00-2:00", HoursReason::Same),
        ("Mo-Fr 09:00-09:00", HoursReason::Same),
        ("每天 9:00-次日10:00", HoursReason::TooLong),
    ] {
        assert_eq!(impossible(text), Some(why), "{text}");
        assert_eq!(read(text, meals), None, "{text}");
    }
    for text in [
        "",
        "白天",
        "周一至周五 9:00-17:00（午休）",
        "早上8:00-晚上8:00",
        "中午11:30-1:30",
        "周一 22:00-次日2:00",
        "电话 0755-12345678，9:00 开门",
        "日出到日落",
        "每天 0:00-24:00",
    ] {
        assert_eq!(impossible(text), None, "{text}");
    }
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let days = prop::sample::subsequence((1..=7_u32).collect::<Vec<_>>(), 1..=7).prop_map(On::Weekdays);
    let classes = prop::sample::select(CLASSES.map(|(_, classes)| On::Classes(classes.to_vec())).to_vec());
    let times = prop::sample::subsequence(vec![(480, 720), (840, 1080), (1140, 1500)], 1..=3);
    let spans = times.prop_map(|times| {
        let clock = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
        times.into_iter().map(|(from, to)| Span { opens: clock(from), closes: clock(to) }).collect::<Vec<_>>()
    });
    let states = prop::sample::select(vec![Status::Open, Status::Closed, Status::ByAppointment, Status::Unknown]);
    (prop_oneof![days, classes], states, spans, any::<bool>()).prop_map(|(on, status, spans, own)| {
        let spans = if matches!(status, Status::Closed | Status::Unknown) { Vec::new() } else { spans };
        Rule { from: None, to: None, on, status, spans, note: None, service: own.then(|| "meals".to_owned()) }
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(rules in prop::collection::vec(any_rule(), 1..4)) {
        prop_assume!(Hours::read(&rules, Vec::new()).is_ok());
        let text = write(&rules, called).unwrap();
        prop_assert_eq!(read(&text, meals), Some(rules), "{}", text);
    }

    #[test]
    fn no_text_is_too_strange(text in "[周一至五日9:0-2；,、 每天休息\\PC]{0,40}") {
        drop((read(&text, meals), impossible(&text)));
    }
}
