import { formatAge, formatUsd } from "../../shared/display/format.ts";
import { envelope } from "../state/store.ts";
import { EXCHANGE_NAMES } from "../text/names.ts";

export function ExchangeTable() {
  const exchanges = envelope.value?.coverage.exchanges ?? [];
  if (exchanges.length === 0) return <p class="quiet">No exchange has answered yet.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Exchange</th>
          <th scope="col">State</th>
          <th scope="col" class="number">
            Age
          </th>
          <th scope="col" class="number">
            Open interest
          </th>
        </tr>
      </thead>
      <tbody>
        {exchanges.map((each) => (
          <tr key={each.id}>
            <th scope="row">{EXCHANGE_NAMES[each.id] ?? each.id}</th>
            <td>
              <span class={`state ${each.state}`}>{each.state}</span>
              {each.reason !== undefined && <small>{each.reason}</small>}
            </td>
            <td class="number">{each.ageMs === null ? "–" : formatAge(each.ageMs)}</td>
            <td class="number">{each.openInterestUsd === null ? "–" : formatUsd(each.openInterestUsd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
