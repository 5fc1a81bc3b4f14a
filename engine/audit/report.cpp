#include "engine/audit/report.hpp"

namespace xiaohao::audit {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::Edited:
      return "edited";
    case Kind::Deleted:
      return "deleted";
    case Kind::PutIn:
      return "put_in";
    case Kind::Reordered:
      return "reordered";
    case Kind::CutShort:
      return "cut_short";
    case Kind::Rewritten:
      return "rewritten";
    case Kind::Unsigned:
      return "unsigned";
    case Kind::Damaged:
      return "damaged";
    case Kind::Unproven:
      return "unproven";
  }
  return "";
}

Text words_of(Kind kind) {
  switch (kind) {
    case Kind::Edited:
      return {"被改动", "edited"};
    case Kind::Deleted:
      return {"被删除", "deleted"};
    case Kind::PutIn:
      return {"被添加", "put in"};
    case Kind::Reordered:
      return {"被调换", "reordered"};
    case Kind::CutShort:
      return {"被截短", "cut short"};
    case Kind::Rewritten:
      return {"被改写", "rewritten"};
    case Kind::Unsigned:
      return {"签名不成立", "not signed"};
    case Kind::Damaged:
      return {"已损坏", "damaged"};
    case Kind::Unproven:
      return {"无法核对", "unproven"};
  }
  return {};
}

}  // namespace xiaohao::audit
