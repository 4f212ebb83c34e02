//! Where this person may put notices up, in words.

use server::{App, Error, notices::boards, staff::authority::Staff};
use shared::{locale::Locale, localised::Localised, notices::Board};

use crate::{components::choice::ChoiceOption, notices::service_at, site::Offered};

/// The boards that this person may use, in the order of the form.
pub struct Boards(Vec<(Board, Localised)>);

impl Boards {
    /// # Errors
    /// [`shared::staff::Refusal::NotAllowed`] for whoever may use none.
    pub async fn of(app: &App, staff: &Staff, offered: &Offered) -> Result<Self, Error> {
        let may = boards::of(app, staff).await?;
        let mut all = Vec::new();
        if may.bureau {
            all.push((Board::Home, Localised::new("首页", "Home page")));
            all.extend(offered.0.iter().map(|service| {
                let [zh, en] = service.name;
                (service_at(service.start), Localised::new(format!("服务：{zh}"), format!("Service: {en}")))
            }));
        }
        all.extend(may.places.into_iter().map(|(id, name)| {
            let name = Localised::new(format!("地点：{}", name.zh), format!("Place: {}", name.en));
            (Board::Place(id), name)
        }));
        Ok(Self(all))
    }

    pub fn has(&self, board: &Board) -> bool {
        self.0.iter().any(|(known, _)| known == board)
    }

    /// The only one there is.
    pub fn only(&self) -> Option<&Board> {
        match &self.0[..] {
            [(board, _)] => Some(board),
            _ => None,
        }
    }

    pub fn words(&self, board: &Board, locale: Locale) -> String {
        let known = self.0.iter().find(|(known, _)| known == board);
        known.map_or_else(|| board.word(), |(_, name)| name.say(locale).to_owned())
    }

    pub fn options(&self, locale: Locale) -> Vec<ChoiceOption> {
        self.0.iter().map(|(board, name)| ChoiceOption::new(board.word(), name.say(locale))).collect()
    }
}
