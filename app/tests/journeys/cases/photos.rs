//! Photographs of papers at the office: opened where it is written down, and given out so that they can run nothing.

use axum::http::{StatusCode, header};
use server::procedures::{drafts, files::Handed, papers::Tray, submit};
use shared::{locale::Locale, staff::Role};
use testhouse::people::nobody;

use super::{Browser, House, Submitted, at_work, reviewer, typed, way_to};
use crate::journeys::procedures::photos::jpeg;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

const WHY: &str = "和窗口的证件核对";

/// Says why a file is opened, where that is asked.
async fn gives_reason(browser: &mut Browser, path: &str) {
    browser.post(path, &[("why", WHY)]).await.leads_to(path);
}

/// An application of the first family, with a photograph and a PDF of its cremation proof.
async fn photographed(house: &House) -> (Submitted, [Handed; 2]) {
    let (app, now) = (&house.app, house.now());
    let offered = app.policies().procedure(&app.settings().region, "green_burial").unwrap();
    let begun = drafts::begin(app, &offered, None, now).await.unwrap();
    let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
    drafts::save(app, &draft, draft.version, &typed(1), now).await.unwrap();
    let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
    let tray = Tray::of_draft(&draft).unwrap();
    let photo = tray.take(app, ("cremation_proof", "IMG_1.JPG"), jpeg(1), now).await.unwrap();
    let pdf = tray.take(app, ("cremation_proof", "证明.pdf"), PDF.to_vec(), now).await.unwrap();
    (submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap(), [photo, pdf])
}

#[tokio::test]
async fn a_photograph_is_shown_and_a_pdf_saved_and_neither_runs_anything() {
    let house = House::open().await;
    let (submitted, [photo, pdf]) = photographed(&house).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    let page = li.get(&case).await;
    page.says("打开照片“IMG_1.jpg”");
    page.says("下载“证明.pdf”");
    for (file, kind, how) in [(&photo, "image/jpeg", "inline;"), (&pdf, "application/pdf", "attachment;")] {
        let path = format!("{case}/files/{}", file.id);
        assert!(page.has(&format!(r#"href="{path}""#)), "{}", page.html);
        gives_reason(&mut li, &path).await;
        let (status, headers, bytes) = li.file(&path).await;
        let said = |name: header::HeaderName| headers[&name].to_str().unwrap();
        assert_eq!((status, said(header::CONTENT_TYPE)), (StatusCode::OK, kind));
        assert!(said(header::CONTENT_DISPOSITION).starts_with(how), "{headers:?}");
        assert!(said(header::CONTENT_SECURITY_POLICY).starts_with("sandbox;"), "{headers:?}");
        assert_eq!(
            (said(header::X_CONTENT_TYPE_OPTIONS), said(header::CACHE_CONTROL)),
            ("nosniff", "no-store"),
            "{headers:?}"
        );
        assert!(!bytes.is_empty());
    }
    let token = submitted.manage_token.reveal();
    let theirs = server::procedures::cases::for_family(&house.app, submitted.reference, token, house.now()).await;
    let looks = theirs.unwrap().looks;
    assert_eq!(looks.iter().filter(|look| look.paper.as_deref() == Some("cremation_proof")).count(), 1);
    let page = li.get(&case).await;
    page.says("看了“火化证明”的照片");
    page.says(WHY);
}

#[tokio::test]
async fn a_photograph_asks_why_before_it_opens_and_the_next_of_the_same_case_does_not() {
    let house = House::open().await;
    let (submitted, [photo, pdf]) = photographed(&house).await;
    let (clerk, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    let [first, second] = [&photo, &pdf].map(|file| format!("{case}/files/{}", file.id));
    let asked = li.get(&first).await;
    assert_eq!((asked.status, asked.cache.as_str()), (StatusCode::OK, "no-store"));
    asked.says("申请人看得到");
    assert!(!asked.has("请写明原因"), "nothing is wrong yet: {}", asked.html);
    let nothing = li.post(&first, &[("why", " ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("请写明原因");
    li.post(&first, &[("why", WHY)]).await.leads_to(&first);
    for path in [&first, &second] {
        assert_eq!(li.file(path).await.0, StatusCode::OK, "said a moment ago");
    }
    house.wait(chrono::TimeDelta::minutes(16));
    li.get(&second).await.says("为什么要看");

    // Answers and files are one count.
    let reads = [("do", "reveal"), ("what", "applicant_phone"), ("why", "打电话核对")];
    for _ in 0..18 {
        assert_eq!(li.post(&case, &reads).await.status, StatusCode::OK);
    }
    let asked = li.get(&second).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    asked.says("请再确认一次是您本人");
    let code = clerk.code(&house);
    let proof = [("password", testhouse::staff::PASSWORD), ("code", code.as_str())];
    li.post(&second, &proof).await.leads_to(&second);
    assert_eq!(li.file(&second).await.0, StatusCode::OK);
}

#[tokio::test]
async fn who_may_not_read_names_opens_no_photograph_and_nobody_one_of_another_case() {
    let house = House::open().await;
    let (submitted, [photo, _]) = photographed(&house).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    let path = format!("{case}/files/{}", photo.id);
    for (n, role) in [(2, Role::CounterClerk), (3, Role::Finance), (4, Role::Auditor)] {
        let (_, mut other) = at_work(&house, n, role, "nanshan").await;
        assert_eq!(other.get(&path).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let (_, mut pays) = at_work(&house, 5, Role::Finance, "nanshan").await;
    let page = pays.get(&case).await;
    page.says("打开照片“IMG_1.jpg”");
    assert!(!page.has(&path), "no link where nothing would open");
    for wrong in ["/staff/cases/none/files/none", &format!("{case}/files/none")] {
        assert_eq!(li.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(house.browser().get(&path).await.status, StatusCode::SEE_OTHER, "to the door");
}
