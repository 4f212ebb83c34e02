//! What the pages of appointments say of a marriage registration.

use crate::{appointments::words::Words, words::Text};

pub(super) const WORDS: Words = Words {
    name: Text("结婚登记", "Marriage registration"),
    booking: Text("结婚登记预约", "Marriage booking"),
    book: Text("预约结婚登记", "Book a marriage"),
    place: Text("登记处", "registry"),
    place_tail: Text("婚姻登记处", " Marriage Registry"),
    you: Text("您二位", "the two of you"),
    many: Text("想登记的人很多", "Many couples"),
    any_phone: Text(
        "您二位中任何一位的都可以，要能收短信。",
        "Either of your numbers will do, as long as it can receive text messages.",
    ),
    compare: Text(
        "请对照证件逐项核对。预约以后，姓名和证件号码网上不能改；填错了的，本人带证件到窗口更正。",
        "Check every line against your documents. After booking, names and document numbers cannot be changed online; whoever finds \
         theirs wrong brings the document to the counter to have it corrected.",
    ),
    declaration: Text(
        "以上内容真实准确，隐私说明已经告诉另一位，到时候两个人都会带上证件亲自到场。",
        "The information above is true and correct, the other of us knows the privacy notice, and we will both come in person with our \
         documents.",
    ),
    falsehood: Some(Text(
        "登记时出具虚假证件或者书面材料的，要承担相应法律责任，相关信息按规定记入信用记录，并纳入全国信用信息共享平台\
         （《婚姻登记条例》第二十三条）。",
        "Whoever brings false documents or papers to a registration answers for it by law; it goes on their credit record and into \
         the national credit information platform (Marriage Registration Regulations, Article 23).",
    )),
    consent: None,
    purpose: Text(
        "这些信息只用来办理这次登记预约，加密保存。",
        "We use this information only for this appointment and keep it encrypted. ",
    ),
    manage: Text(
        "查看、改期或取消结婚登记预约。短信里的链接可以直接打开预约；没有链接，就用预约号和预约时留的手机号。",
        "View, move or cancel it here. The link in your text message opens it directly. Without the link, use your \
         reference number and the mobile number one of you gave.",
    ),
    phone_given: Text("双方任何一人预约时留的号码", "Either of the numbers you gave when booking"),
    holder: Text("本人", "the couple"),
    already: Text("两人中有人已经有一个结婚登记预约", "One of you already has a marriage registration appointment"),
    mistyped: Text("可能填错了证件号码：", "If you may have mistyped a document number, "),
    people: Text("登记的两个人", "The couple"),
    people_fixed: Text(
        "预约以后不能换人。姓名、证件号码网上不能改，填错了的，本人带证件到窗口更正。",
        "The people cannot be changed after booking. Names and document numbers cannot be changed online: whoever finds theirs wrong \
         brings the document to the counter.",
    ),
    past: Text(
        "已经办好的，不用再做什么。没有来得及办的，可以重新预约。",
        "If it is done, there is nothing left to do. If you could not come, you can book again.",
    ),
    next: &[
        Text(
            "两个人带上证件一起到登记处，请按时到。",
            "come to the registry together, on time and with your documents.",
        ),
        Text("在前台报预约号，或者出示二维码。", "Give your reference number at the desk, or show the QR code."),
        Text(
            "登记员核对证件、问几个问题。符合条件的，当场发给结婚证，不收费。",
            "The registrar checks your documents and asks you some questions. If everything is in order, you get \
             your marriage certificate on the spot, free of charge.",
        ),
    ],
    at_desk: Text(
        "请两个人都带好证件原件，前台会先核对两位的身份。",
        "Please both bring your original documents: the desk checks both identities first.",
    ),
    originals: Text("两个人带上证件原件", "come together with your original documents"),
    come: Text("请两个人带好证件一起到场。", "Please come together, with your documents."),
    come_note: Text("两个人带好证件一起到场。", "Come together, with your documents."),
    moving: Text(
        "预约号和两个人的信息不变。我们会发短信告诉您二位。",
        "Your reference number and details stay the same. We will send a text message to both phones.",
    ),
};
