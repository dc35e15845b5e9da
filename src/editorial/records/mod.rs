//! What is recorded of pieces, held against the site: who signed what, what was measured, how people
//! rated. Findings for the check, and the states that the report shows.
//!
//! A [`Ledger`] joins the records to the pieces that they are about; [`judge`] says what is wrong with
//! them. Of a text only its trace is asked, and that of signed pieces alone.

mod agreement;
mod findings;
mod ledger;
mod metric;
mod objective;
pub mod rating;
mod sign_off;

pub use agreement::{Agreement, alpha};
pub use findings::{judge, quoted};
pub use ledger::{Entry, Ledger, PieceNames};
pub use metric::{is_channel_figure, vanity};
pub use objective::{ObjectiveState, Target, days_between, target_of};
pub use sign_off::{Origin, SignOffs, SignedOff, Standing};
