//! What whoever is refused reads, on paper and in a text, and what the clerk looks at before.

use chrono::TimeDelta;

use super::visits::{Morning, and_look};

#[tokio::test]
async fn the_sheet_of_a_refusal_has_the_organ_and_the_bodies_of_its_own_registry() {
    let flags = [
        ["--bureau", "演示市民政局"],
        ["--organ", "nanshan=演示区民政局"],
        ["--review-government", "演示市人民政府; nanshan=演示区人民政府"],
        ["--court", "演示市人民法院; demo-bay=演示海湾人民法院"],
    ];
    let mut morning = Morning::with(flags.as_flattened()).await;
    let serving = morning.serve().await;
    let more = [("outcome", "refused"), ("ground", "close_kin")];
    and_look(&mut morning.clerk, &serving, "因为什么", &more).await;
    let sheet = format!("{}/refusal", morning.visit().await);
    let sheet = morning.clerk.get(&sheet).await;
    for words in ["演示区民政局（南山区婚姻登记处）", "向演示区人民政府申请行政复议", "向演示市人民法院提起行政诉讼"]
    {
        sheet.says(words);
    }
    assert!(!sheet.has("演示市民政局（") && !sheet.has("海湾"), "{}", sheet.html);
    morning.house.wait(TimeDelta::seconds(61));
    let text = morning.house.text_to(morning.couple.phone(0), "visit_refused").await;
    for words in [
        "60 日内可以向演示区人民政府申请行政复议；还不服的，收到复议决定 15 日内起诉",
        "法律没要求先复议的，6 个月内也可以直接向演示市人民法院起诉",
    ] {
        assert!(text.contains(words), "{text}");
    }
    assert!(!text.contains("亲"), "on which ground nobody reads: {text}");
}

#[tokio::test]
async fn who_shares_a_phone_is_told_in_person_how_data_are_used_and_nobody_else_stands_in_for_a_will() {
    for (shared, times) in [(false, 0), (true, 1)] {
        let mut morning = if shared { Morning::of_one_phone().await } else { Morning::with(&[]).await };
        let serving = morning.serve().await;
        assert_eq!(serving.html.matches("隐私说明当面告诉第二位").count(), times, "{}", serving.html);
        serving.says("现在说不清自己意思的");
        serving.says("第一千零四十六条");
    }
}
