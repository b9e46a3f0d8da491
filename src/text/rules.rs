//! How strictly marks are kept from the edges of lines.

use super::class::Class;

/// The three sets of rules that the Requirements for Chinese Text Layout describe; each forbids all that the one before it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rules {
    /// 基本: points, closing marks, connectors, the interpunct and the solidus never begin a line; opening marks never end one.
    Basic,
    /// 国标, as GB/T 15834-2011 has it: nor does the solidus end a line.
    #[default]
    Gb,
    /// 严格: nor do 破折号 —— and 省略号 …… begin one.
    Strict,
}

impl Rules {
    /// All of them, the least strict first.
    pub const ALL: [Self; 3] = [Self::Basic, Self::Gb, Self::Strict];

    /// Whether no line may begin with it.
    pub(super) fn never_first(self, class: Class) -> bool {
        match class {
            Class::Closing | Class::Point | Class::Connector | Class::Solidus | Class::Mark => true,
            Class::Dash | Class::Ellipsis => self == Self::Strict,
            _ => false,
        }
    }

    /// Whether no line may end with it.
    pub(super) fn never_last(self, class: Class) -> bool {
        match class {
            Class::Opening => true,
            Class::Solidus => self != Self::Basic,
            _ => false,
        }
    }
}
