//! 免费颁证仪式: a couple is handed its certificate in a small hall, with guests. Everything here is data.

use server::ceremony::BOOKABLE;
use shared::{
    appointments::question::{Kind, Question},
    field::Asked,
};

use crate::{
    appointments::{
        service::{AtCounter, BookingDisplay, BookingPages, Form, Places, Start},
        start,
        words::Words,
    },
    components::sign::Sign,
    site::Tile,
    words::Text,
};

pub const TILE: Tile = Tile {
    sign: Sign::Certificate,
    what: Text("请亲友来，由颁证员把证书交到您二位手里。", "Receive your certificates in front of family and friends."),
    warm: false,
    more_title: Text("颁证仪式", "Certificate ceremony"),
    more: |visit| start::ways(visit, &CEREMONY),
};

pub static CEREMONY: BookingPages = BookingPages {
    bookable: &BOOKABLE,
    root: "/ceremony",
    start: Some(Start {
        lead: Text(
            "领了结婚证，请亲友来，由颁证员郑重地把证书交到您二位手里。不收费。",
            "Receive your marriage certificates in a short ceremony, in front of family and friends. It is free.",
        ),
        facts: &[
            Text("一场约 25 分钟，一次只接待一对。", "It takes about 25 minutes, one couple at a time."),
            Text("亲友最多 20 位，小孩也算。", "Up to 20 guests, children included."),
            Text("由一个人预约就可以。", "Only one of you needs to book."),
            Text(
                "当天带好结婚证，提前 10 分钟到。",
                "On the day, bring your certificates and arrive 10 minutes early.",
            ),
        ],
    }),
    words: Words {
        name: Text("免费颁证仪式", "Free certificate ceremony"),
        booking: Text("颁证仪式预约", "Ceremony booking"),
        book: Text("预约颁证仪式", "Book a ceremony"),
        place: Text("颁证厅", "hall"),
        place_tail: Text("颁证厅", " Ceremony Hall"),
        next: &[
            Text("带好结婚证，提前 10 分钟到。", "bring your marriage certificates and arrive 10 minutes early."),
            Text("在前台报预约号，或者出示二维码。", "Give your reference number at the desk, or show the QR code."),
        ],
        past: Text("愿您二位常记得这一天。", "We hope you will both remember the day for years to come."),
        come: Text("请带好结婚证，提前 10 分钟到。", "Bring your marriage certificates and arrive 10 minutes early."),
        come_note: Text(
            "带好结婚证，提前 10 分钟到。",
            "Bring your marriage certificates and arrive 10 minutes early.",
        ),
        consent: Some(Text(
            "要念到名字的人都知道这次预约，看过或者听过隐私说明，同意为办仪式使用这些信息。取消预约就是撤回同意。",
            "Everybody whose name is to be read out knows of this booking and of the privacy notice, and consents to the use of these \
             details for the ceremony. Cancelling the booking withdraws the consent.",
        )),
        ..Words::ALONE
    },
    places: Places::ALIKE,
    form: Form::alone(&QUESTIONS),
    booking: BookingDisplay::ALONE,
    at_counter: AtCounter { done: Text("已颁证", "certificates handed over"), ..AtCounter::PLAIN },
};

static QUESTIONS: [Question; 2] = [
    Question {
        field: "names",
        asked: &Asked::typed(
            "names_missing",
            ("请填写颁证时要念的两个名字。", "Enter the two names to be read out."),
            ("名字", "names"),
        ),
        label: ["颁证时念的名字", "Names to be read out"],
        hint: ["两个人的名字，怎么念就怎么写", "Both names, as you would like them read out"],
        kind: Kind::Names { longest: 60 },
    },
    Question {
        field: "guests",
        asked: &Asked::typed(
            "guests_missing",
            ("请填写亲友人数，没有就填 0。", "Enter the number of guests, or 0."),
            ("人数", "number of guests"),
        ),
        label: ["来多少位亲友", "Number of guests"],
        hint: ["0 到 20，您二位不算在内", "0 to 20, not counting the two of you"],
        kind: Kind::Number { least: 0, most: 20 },
    },
];
