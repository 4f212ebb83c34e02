//! `GET /accessibility`: what works for whom, and what to do where it does not.

use axum::response::Response;
use leptos::prelude::*;

use crate::{components::back_link::BackLink, draw, visit::Visit};

pub async fn show(visit: Visit) -> Response {
    draw::page(&visit, visit.say("无障碍声明", "Accessibility statement"), || body(&visit))
}

fn body(visit: &Visit) -> impl IntoView + use<> {
    let can = [
        visit.say(
            "打开长者版：每一页都是大字、大按钮，对比更强，字号还能再调大两档。",
            "switch on large text: bigger letters, stronger contrast and larger buttons on every page, with two \
             sizes larger still",
        ),
        visit.say("只用键盘操作，焦点在哪里看得清楚。", "use only a keyboard, and always see where you are"),
        visit.say(
            "用读屏软件听完每一页，错误提示会先读出来。",
            "listen to every page with a screen reader, with errors read first",
        ),
        visit.say("放大到 400%，不用左右拖动。", "zoom to 400% without scrolling sideways"),
        without_scripts(visit),
        visit.say(
            "跟随手机的深色模式、高对比度和减少动画的设置。",
            "use your own settings for dark mode, high contrast and reduced motion",
        ),
    ];
    let items = can.map(|item| view! { <li>{item}</li> });
    view! {
        <div class="column flow">
            <BackLink href=visit.url("/") text=visit.say("首页", "Home") />
            <h1>{visit.say("无障碍声明", "Accessibility statement")}</h1>
            <p class="lead">
                {visit.say(
                    "每个人都应该能自己办完一件事。看不清、听不见、手不方便，也一样。",
                    "Everyone should be able to use this service on their own, however well they see, hear or move.",
                )}
            </p>
            <section class="flow">
                <h2>{visit.say("您可以", "On this site you can")}</h2>
                <ul>{items.into_iter().collect_view()}</ul>
            </section>
            <section class="flow">
                <h2>{visit.say("我们的标准", "The standard we follow")}</h2>
                <p>
                    {visit.say(
                        "《无障碍环境建设法》第三十二条要求利用财政资金建立的网站逐步符合无障碍国家标准。本站按国际标准 WCAG 2.2 的 AA 级来做。",
                        "Article 32 of the Barrier-Free Environment Law requires websites set up with public funds to \
                         meet the national accessibility standards step by step. We build this site to WCAG 2.2, level AA.",
                    )}
                </p>
            </section>
            <section class="flow">
                <h2>{visit.say("还做不到的", "What is not yet accessible")}</h2>
                <p>
                    {visit.say(
                        "点地图链接会离开本站，那些网站是否好用，我们无法保证。地址都同时写成了文字。",
                        "Map links take you to other sites, and we cannot guarantee that those are accessible. Every \
                         address is also given as text.",
                    )}
                </p>
                <p>
                    {visit.say(
                        "要问登记处，现在只能打电话或者到现场；要早一点删除信息，可以到现场，来不了的，向“隐私说明”里的主办单位提出书面申请。听不见、\
                         说不出的，可以请人代打，或者到前台用文字说。",
                        "To ask a registry something you still have to phone or to come. To have information deleted sooner you can come or, if \
                         you cannot, write to the bureau named in the privacy notice. If you cannot hear or speak, somebody else may phone for \
                         you, or you can write at the desk.",
                    )}
                </p>
            </section>
            <section class="flow">
                <h2>{visit.say("遇到困难", "If you have difficulties")}</h2>
                <p>
                    {visit.say("请拨打 ", "Call ")}
                    <a class="nowrap" href="tel:12345">"12345"</a>
                    {visit.say(
                        " 告诉我们是哪一页、用的什么设备。电话里也能咨询。",
                        " and tell us which page it was and what device you were using. You can also ask your \
                         question by phone.",
                    )}
                </p>
            </section>
        </div>
    }
}

/// What a browser does by itself needs them; nothing that is done here does.
fn without_scripts(visit: &Visit) -> &'static str {
    let locale = visit.locale;
    if visit.portal.offline {
        locale.say(
            "关掉脚本，事情一样能办；只有把地点从近到远排、没有网络时看以前看过的页面，要开着脚本。",
            "do everything with scripts switched off, except put places in order of distance and, without a connection, read \
             pages that you looked at before",
        )
    } else {
        locale.say(
            "关掉脚本，事情一样能办；只有把地点从近到远排，要开着脚本。",
            "do everything with scripts switched off, except put places in order of distance",
        )
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::locale::Locale;

    use super::*;
    use crate::{
        draw::fragment,
        visit::{PortalFacts, tests::visit},
    };

    #[test]
    fn what_needs_scripts_is_named_where_it_is_there() {
        for offline in [true, false] {
            let drawn = |locale| {
                let mut visit = visit(locale, "/accessibility", "");
                visit.portal = Arc::new(PortalFacts { offline, ..PortalFacts::default() });
                fragment(|| body(&visit))
            };
            let (zh, en) = (drawn(Locale::Zh), drawn(Locale::En));
            assert!(zh.contains("只有把地点从近到远排") && en.contains("except put places in order of distance"));
            assert_eq!(zh.contains("没有网络时看以前看过的页面"), offline);
            assert_eq!(en.contains("without a connection"), offline);
        }
    }
}
