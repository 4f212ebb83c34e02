//! Fields, empty and wrong.

use leptos::prelude::*;
use shared::{civil_date::DateBoxes, field::FieldMessage, locale::Locale};

use super::sample;
use crate::{
    components::{
        checkbox::Checkbox,
        choice::{Choice, ChoiceOption},
        date_field::DateField,
        error_summary::ErrorSummary,
        id_field::IdField,
        phone_field::PhoneField,
        summary::{Row, Summary},
        text_area::TextArea,
        text_field::TextField,
    },
    visit::Visit,
};

pub(super) fn show(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    view! {
        {sample(locale.say("更正提示", "Error summary"), summary_of_errors(locale))}
        {sample(locale.say("输入", "Fields"), good(locale))}
        {sample(locale.say("需要更正的输入", "Fields to correct"), wrong(locale))}
        {sample(locale.say("选择", "Choices"), choices(locale))}
        {sample(locale.say("核对填写的内容", "Check answers"), answers(locale))}
    }
    .into_any()
}

fn summary_of_errors(locale: Locale) -> AnyView {
    let message = |field: &str, message: &str| FieldMessage {
        field: field.to_owned(),
        code: "sample".to_owned(),
        message: message.to_owned(),
    };
    let messages = vec![
        message("wrong.name", locale.say("请填写姓名，与证件上的一致", "Enter the name as it stands on the document")),
        message("wrong.id", id_error(locale)),
    ];
    view! { <ErrorSummary locale=locale messages=messages /> }.into_any()
}

fn id_error(locale: Locale) -> &'static str {
    locale.say("请填写 18 位身份证号码，最后一位可以是 X", "Enter the 18-character identity number; the last may be X")
}

fn good(locale: Locale) -> AnyView {
    let hint = locale.say("18 位，最后一位可以是 X", "18 characters; the last may be X");
    view! {
        <TextField
            locale=locale
            name="good.name"
            label=locale.say("姓名", "Name")
            hint=Some(locale.say("与证件上的一致", "As it stands on the document").to_owned())
            value="欧阳·示例"
        />
        <IdField
            locale=locale
            name="good.id"
            label=locale.say("身份证号码", "Identity number")
            hint=Some(hint.to_owned())
            value="11010519491231002X"
        />
        <PhoneField locale=locale name="good.phone" label=locale.say("手机号", "Mobile phone") value="138 0000 0000" />
        <DateField
            locale=locale
            name="good.birth"
            legend=locale.say("出生日期", "Date of birth")
            hint=Some(locale.say("例如 1998 年 2 月 28 日", "For example 28 2 1998").to_owned())
        />
        <TextArea locale=locale name="good.note" label=locale.say("想告诉登记处的话", "Anything the registry should know") />
    }
    .into_any()
}

fn wrong(locale: Locale) -> AnyView {
    let name = locale.say("请填写姓名，与证件上的一致", "Enter the name as it stands on the document");
    let phone =
        locale.say("请填写 11 位手机号，要用它收验证码", "Enter an 11-digit mobile number; the code is sent to it");
    let date = locale.say("2 月没有 30 日，请检查出生日期", "February has no 30th; check the date of birth");
    let value = DateBoxes { year: "1998".to_owned(), month: "2".to_owned(), day: "30".to_owned() };
    let agree = locale.say("请先确认这一条", "Please confirm this first");
    view! {
        <TextField locale=locale name="wrong.name" label=locale.say("姓名", "Name") error=Some(name.to_owned()) />
        <IdField
            locale=locale
            name="wrong.id"
            label=locale.say("身份证号码", "Identity number")
            value="1101051949123100"
            error=Some(id_error(locale).to_owned())
        />
        <PhoneField
            locale=locale
            name="wrong.phone"
            label=locale.say("手机号", "Mobile phone")
            value="0755 2666"
            error=Some(phone.to_owned())
        />
        <DateField
            locale=locale
            name="wrong.birth"
            legend=locale.say("出生日期", "Date of birth")
            value=value
            error=Some(date.to_owned())
        />
        <Checkbox
            locale=locale
            name="wrong.true"
            label=locale.say("以上内容是真实的", "All of this is true")
            error=Some(agree.to_owned())
        />
    }
    .into_any()
}

fn choices(locale: Locale) -> AnyView {
    let kinds = || {
        vec![
            ChoiceOption::new("mainland", locale.say("内地居民", "Mainland resident")),
            ChoiceOption::new("hmt", locale.say("港澳台居民", "Resident of Hong Kong, Macao or Taiwan")),
            ChoiceOption::new("overseas", locale.say("华侨", "Overseas Chinese"))
                .hint(locale.say("持中国护照，在国外定居", "Chinese passport, settled abroad")),
        ]
    };
    let hint = locale.say("按现在持有的证件选", "By the document held today");
    let error = locale.say("请选择一项", "Please choose one");
    view! {
        <Choice
            locale=locale
            name="kind"
            legend=locale.say("第一位是哪类人员？", "Who is the first person?")
            hint=Some(hint.to_owned())
            answers=kinds()
            chosen="mainland"
        />
        <Choice
            locale=locale
            name="other"
            legend=locale.say("第二位是哪类人员？", "Who is the second person?")
            answers=kinds()
            error=Some(error.to_owned())
        />
        <Checkbox locale=locale name="true" label=locale.say("以上内容是真实的", "All of this is true") ticked=true />
    }
    .into_any()
}

fn answers(locale: Locale) -> AnyView {
    let rows = vec![
        Row::new(
            locale.say("时间", "Time"),
            locale.say("2026年5月20日 星期三 上午 9:15", "Wednesday 20 May 2026, 9:15 am"),
        )
        .change("#"),
        Row::new(locale.say("姓名", "Name"), "欧阳·示例").change("#"),
        Row::new(locale.say("身份证号码", "Identity number"), "110105********002X").change("#"),
        Row::new(locale.say("费用", "Cost"), locale.say("不收费", "Free")),
    ];
    view! { <Summary locale=locale rows=rows /> }.into_any()
}
