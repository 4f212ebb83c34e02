//! Applications that a client may know of, wherever they stand.

use serde_json::json;
use server::procedures::papers::Tray;
use server::procedures::{drafts, family, ratings};
use shared::procedures::{CaseReference, DraftId, DraftToken, Rating};

use super::super::applying;
use super::super::procedures::files::jpeg;
use super::values::{KEPT, Known};
use crate::procedures::desk;
use crate::support::{TestApp, http::Api};

impl Known {
    /// Applications that are filled in, and cases that were handed in.
    pub(super) async fn applied_for(&mut self, test: &TestApp) {
        for (name, value) in [
            ("procedure", "green_burial"),
            ("queue", "unassigned"),
            ("queue", "all"),
            ("page", "0"),
            ("act of a case", "accept"),
            ("act of a case", "review"),
            ("act of a case", "ask"),
            ("act of a case", "propose"),
            ("said", "missing"),
            ("outcome", "granted"),
            ("outcome", "refused"),
            ("sum", "3000"),
            ("requirement", "other"),
            ("facts", "安葬证明上写的是外地的海域。"),
            ("evidence", "安葬证明"),
            ("article", "《深圳市节地生态安葬奖励办法》第四条"),
            ("consent", "post_consent"),
            ("paper", applying::PAPER),
            ("until", "2026-05-20"),
            ("grade", "good"),
            ("grade", "very_bad"),
            ("words", "等了很久"),
            ("followed", "打电话问清楚了。"),
            ("template", "received"),
            ("what", "messages"),
            ("what", "texts"),
            ("seen", "2026-05-13T10:00:00+08:00"),
            ("field", "account"),
            ("why", "核对材料上的号码。"),
            ("note", "已经打过电话。"),
        ] {
            self.keep(name, json!(value));
        }
        self.keep("items", json!(["account"]));
        self.keep("reasons", json!(["slow"]));
        self.keep("version of a draft", json!(1));
        let api = Api::of(&test.app);
        for n in 0..KEPT {
            self.keep("fields", applying::whole(n));
        }
        for n in 0..6 {
            let case = applying::handed_in(&api, n).await;
            let (reference, token) = (applying::text(&case["reference"]), applying::text(&case["manage_token"]));
            let reference = CaseReference::parse(reference).unwrap();
            let family = family::by_token(&test.app, reference, token).await.unwrap();
            self.keep("case", json!(family.id()));
            self.learn(&case);
        }
        for n in 6..12 {
            let draft = applying::filled(&api, n).await;
            self.learn(&draft);
            self.learn(&applying::begin_file(&api, &draft, 64).await.body);
        }
        self.decided(test, &api).await;
        self.asked(test, &api).await;
        self.photographed(test, &api).await;
    }

    /// A case with a file that the office can open.
    async fn photographed(&mut self, test: &TestApp, api: &Api) {
        let draft = applying::filled(api, 21).await;
        let id = DraftId::parse(applying::text(&draft["draft_id"])).unwrap();
        let token = DraftToken::parse(applying::text(&draft["token"])).unwrap();
        let loaded = drafts::load(&test.app, &id, &token, test.now()).await.unwrap();
        let tray = Tray::of_draft(&loaded).unwrap();
        let named = (applying::PAPER, "IMG_0001.JPG");
        let file = tray.take(&test.app, named, jpeg(), test.now()).await.unwrap();
        let case = applying::submit(api, &draft, 1, None).await.body;
        let reference = CaseReference::parse(applying::text(&case["reference"])).unwrap();
        let family = family::by_token(&test.app, reference, applying::text(&case["manage_token"])).await.unwrap();
        self.keep("case with a file", json!(family.id()));
        self.keep("file of a case", json!(file.id));
    }

    /// Cases whose families were asked for more: some to be supplied, and some that files are sent of.
    async fn asked(&mut self, test: &TestApp, api: &Api) {
        self.keep("fields of a supplement", json!({ "account": "0123456789" }));
        self.keep("version of a supplement", json!(3));
        for n in 15..21 {
            let case = applying::asked(test, api, n).await;
            let of =
                if n % 2 == 0 { ["supplied_reference", "supplied_token"] } else { ["asked_reference", "asked_token"] };
            self.keep(of[0], case["reference"].clone());
            self.keep(of[1], case["manage_token"].clone());
            if n % 2 == 1 {
                self.keep("asked_file", json!("none yet"));
                self.learn(&applying::begin_case_file(api, &case, 64).await.body);
            }
        }
    }

    /// Cases that were decided: one to be rated, and two that were rated badly.
    async fn decided(&mut self, test: &TestApp, api: &Api) {
        let [reviewer, approver] = [desk::reviewer(test, 41).await, desk::approver(test, 42).await];
        for n in 12..15 {
            let case = applying::handed_in(api, n).await;
            let (reference, token) = (applying::text(&case["reference"]), applying::text(&case["manage_token"]));
            let number = CaseReference::parse(reference).unwrap();
            let family = family::by_token(&test.app, number, token).await.unwrap();
            desk::granted(test, family.id(), (&reviewer, &approver)).await;
            if n == 12 {
                self.keep("rated_reference", json!(reference));
                self.keep("rated_token", json!(token));
            } else {
                let rating = Rating::read("bad", ["slow"], "").unwrap();
                ratings::rate(&test.app, &family, &rating, test.now()).await.unwrap();
                self.keep("rated case", json!(family.id()));
            }
        }
    }
}
