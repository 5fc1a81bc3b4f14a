#include "engine/organisation_rows.hpp"

namespace xiaohao {

void put_organisation(store::Transaction& transaction, Organisation const& organisation) {
  for (auto const& [id, unit] : organisation.units) transaction.put_unit(unit);
  for (auto const& [id, group] : organisation.groups) transaction.put_group(group);
  for (auto const& [username, participant] : organisation.participants)
    transaction.put_participant(participant);
}

}  // namespace xiaohao
