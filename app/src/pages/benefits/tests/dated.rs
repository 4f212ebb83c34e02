//! Figures with their days and sources: past, present, announced, old and unknown.

use super::{between, on, page};
use crate::site::tests::TestSite;

#[tokio::test]
async fn every_figure_shows_its_day_and_its_source() {
    let house = on("2026-12-01").await;
    for (path, sources, checked) in
        [("/benefits/changes", "来源：", "日核对"), ("/en/benefits/changes", "Source: ", "checked on")]
    {
        let body = page(&house, path).await;
        let rows = between(between(&body, "class=\"changes\">", "</ul>").join("").as_str(), "<li>", "</li>")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        assert!(rows.len() > 5, "{body}");
        for row in rows {
            assert!(row.contains("change-day") && row.contains(sources) && row.contains(checked), "{row}");
        }
    }
    let body = page(&house, "/benefits/allowance").await;
    let rows = between(&body, "role=\"rowheader\">", "</tr>");
    assert_eq!(rows.len(), 3, "{body}");
    assert!(rows.iter().all(|row| row.contains("年1月1日") && row.contains("来源：")), "{rows:?}");
    assert!(body.find("role=\"img\"").unwrap() < body.find("<table").unwrap(), "the table follows the drawing");
    let list = page(&house, "/benefits").await;
    assert_eq!(list.matches("card-figure").count(), list.matches("card-source").count());
    assert!(between(&list, "card-source\">", "</li>").iter().all(|line| line.contains("日起") && line.contains('《')));
}

#[tokio::test]
async fn a_figure_that_is_announced_is_told_before_its_day() {
    let (before, announced, begun) = (on("2026-10-01").await, on("2026-12-01").await, on("2027-01-02").await);
    let told = "从 2027年1月1日起是 1,600 元/人/月。";
    assert!(!page(&before, "/benefits/allowance").await.contains("1,600"), "nobody knew of it then");
    let body = page(&announced, "/benefits/allowance").await;
    assert!(body.contains(told) && body.contains("<strong>1,535 元/人/月</strong>"), "{body}");
    let body = page(&begun, "/benefits/allowance").await;
    assert!(!body.contains(told) && body.contains("<strong>1,600 元/人/月</strong>"), "{body}");

    let changes = page(&announced, "/benefits/changes").await;
    let coming = between(&changes, "已经公布、还没开始的", "</section>").concat();
    assert!(coming.contains("从 2027年1月1日起") && coming.contains("标准：由 1,535 元 改为"), "{changes}");
    assert!(coming.contains("边缘线：由 2,303 元 改为 <strong>2,400 元/人/月"), "what follows from it changes too");
    assert!(coming.contains("（按规定算出）") && !between(&coming, "样例保障金", "</li>").concat().contains("算出"));
    assert!(changes.find("已经公布").unwrap() < changes.find("<h2>2026年</h2>").unwrap());
    assert!(!page(&begun, "/benefits/changes").await.contains("已经公布"));
}

#[tokio::test]
async fn no_page_says_that_there_is_no_figure_above_a_figure_and_a_switch_is_none() {
    let house = on("2026-12-01").await;
    let zh = page(&house, "/benefits/former").await;
    assert!(zh.contains("到 2024年12月31日为止是 50 元；以后的没有查到，请问民政部门。"), "{zh}");
    assert!(zh.contains("没有查到、要问民政部门的：在外地能不能领。"), "{zh}");
    let en = page(&house, "/en/benefits/former").await;
    assert!(
        en.contains("50 yuan until 31 December 2024; what holds now is not known here, please ask the bureau."),
        "{en}"
    );
    assert!(en.contains("Not known here, please ask the bureau: Whether it is paid elsewhere."), "{en}");
    assert!(!zh.contains("没有规则看的") && !en.contains("nothing reads it"), "{zh}");
    assert!(!zh.contains("个数字") && !en.contains("igure is not known"), "a yes or no is no figure");
}

#[tokio::test]
async fn every_source_stands_at_the_end_of_its_section_and_is_folded() {
    let house = on("2026-12-01").await;
    for path in ["/benefits", "/benefits/allowance", "/benefits/elder", "/benefits/changes"] {
        let body = page(&house, path).await;
        let mut open = 0;
        for part in body.split('<') {
            open += i32::from(part.starts_with("details class=\"sources"))
                - i32::from(open > 0 && part.starts_with("/details"));
            assert!(open > 0 || !part.contains('《'), "{path}: <{part}");
        }
        assert!(body.contains('《'), "{path}");
    }
}

#[tokio::test]
async fn old_and_unknown_figures_say_so() {
    let body = page(&on("2028-02-01").await, "/benefits/allowance").await;
    assert!(body.contains("<strong>1,600 元/人/月</strong>") && body.contains("可能已调整"), "{body}");
    assert!(
        body.contains("是本站的估计：现在最多大约 1,920 元/人/月。") && body.contains("以前一年最多涨两成。"),
        "{body}"
    );
    let known = page(&on("2027-02-01").await, "/benefits/allowance").await;
    assert!(!known.contains("本站的估计"), "what is known has no need of it");
    let edge = page(&on("2028-02-01").await, "/benefits/edge").await;
    assert!(edge.contains("<strong>2,400 元/人/月</strong>") && edge.contains("可能已调整"), "{edge}");
    let country = page(&on("2026-12-01").await, "/benefits/allowance?region=100000").await;
    assert!(country.contains("是本站的估计：现在最多大约 3,000 元/人/月。"), "{country}");
    assert!(
        country.contains("没有查到、要问民政部门的：")
            && country.contains("（没有查到，请问民政部门）")
            && !country.contains("<table"),
        "{country}"
    );
}

#[tokio::test]
async fn an_estimate_of_our_own_is_folded_and_has_no_cents() {
    let house = TestSite::open(&["--now", "2026-12-02T09:00:00+08:00"]).await;
    let body = page(&house, "/benefits/dibao?region=440305").await;
    let estimates = between(&body, "（本站的估计）</summary>", "</details>");
    assert_eq!(estimates.len(), 1, "{body}");
    assert!(estimates[0].contains("现在最多大约 2,000 元/人/月。"), "{}", estimates[0]);
    assert!(!body.contains("1,995") && body.matches("3,000 元").count() == estimates[0].matches("3,000 元").count());
}
