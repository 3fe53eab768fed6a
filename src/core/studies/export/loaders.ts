/** Scripts that go with an export and read it again, in Python and in R, with nothing but what comes with them. */

export const PYTHON_LOADER = `"""Reads study.jsonl of a Realign export: judgements with the systems behind every card. Python 3.9 or newer."""
import json
import sys
from collections import Counter
from pathlib import Path


def load(path="study.jsonl"):
    """Protocol, and one dict per current judgement: criterion, rater, item, image, answer, places by system."""
    protocol, items, assignments, events = None, {}, {}, []
    for line in Path(path).read_text(encoding="utf-8").split("\\n"):
        if not line:
            continue
        row = json.loads(line)
        if row["kind"] == "study":
            protocol = row["protocol"]
        elif row["kind"] == "item":
            items[row["item"]["id"]] = row["item"]
        elif row["kind"] == "assignment":
            assignments[row["assignment"]["id"]] = row["assignment"]
        elif row["kind"] == "event":
            events.append(row["event"])
    events.sort(key=lambda event: (event["seq"], event["tWall"], event["id"]))
    undone = {event["payload"].get("target") for event in events if event["kind"] == "undo"}
    current = {}
    for event in events:
        if event["kind"] == "confirm" and event["id"] not in undone:
            current[event["trialId"], event["criterion"]] = event["payload"]["answer"]
    judgements = []
    for (trial, criterion), answer in current.items():
        assignment = assignments[trial]
        item = items[assignment["itemId"]]
        slots = [item["cards"][card]["systems"] for card in assignment["order"]]
        judgements.append({
            "criterion": criterion,
            "rater": protocol["raters"][assignment["rater"]],
            "item": item["id"],
            "image": item["imageId"],
            "kind": item["kind"],
            "repeat": assignment["repeatOf"] is not None,
            "answer": answer,
            "systems_by_slot": [[protocol["systems"][s]["name"] for s in systems] for systems in slots],
        })
    return protocol, judgements


def first_slots(answer):
    """Slots from 1 with nothing above them; empty where the answer orders nothing."""
    if answer["format"] == "ranking":
        return answer["order"][0]
    if answer["format"] == "best":
        return answer["slots"]
    if answer["format"] == "best-worst":
        return [answer["best"]]
    if answer["format"] == "pair":
        return [1, 2] if answer["value"] == 0 else [1 if answer["value"] < 0 else 2]
    if answer["format"] == "rubric":
        best = max(answer["values"])
        return [slot + 1 for slot, value in enumerate(answer["values"]) if value == best]
    return []


if __name__ == "__main__":
    protocol, judgements = load(*sys.argv[1:2])
    for criterion in protocol["criteria"]:
        votes, shares = 0, Counter()
        for one in judgements:
            if one["criterion"] != criterion["id"] or one["repeat"] or one["kind"] not in ("main", "anchor"):
                continue
            if one["answer"]["format"] == "cannot-judge":
                continue
            votes += 1
            top = [name for slot in first_slots(one["answer"]) for name in one["systems_by_slot"][slot - 1]]
            for name in top:
                shares[name] += 1 / len(top)
        print(f"{criterion['id']}: {votes} votes")
        for system in protocol["systems"]:
            share = shares[system["name"]] / votes if votes else float("nan")
            print(f"  {system['name']}: {100 * share:.1f} % of first places")
`

export const R_LOADER = `# Reads judgements.csv of a Realign export: one row for each judgement and card. Base R only.
# Cells that a spreadsheet could take for a formula carry a leading apostrophe; study.jsonl is exact.
load_study <- function(path = "judgements.csv") {
  words <- c("criterion", "rater", "item", "kind", "systems", "answer", "caption")
  rows <- read.csv(path, encoding = "UTF-8", check.names = FALSE, na.strings = "",
                   colClasses = setNames(rep("character", length(words)), words))
  rows$repeated <- tolower(as.character(rows[["repeat"]])) %in% c("true", "1")
  rows
}

# Votes, share of first places (a tie of t gives 1/t each) and mean place, by question and system.
summarise_study <- function(rows) {
  main <- rows[rows$kind %in% c("main", "anchor") & !rows$repeated & !is.na(rows$first), ]
  # Systems with the same words stand on one card.
  names <- strsplit(main$systems, " + ", fixed = TRUE)
  each <- main[rep(seq_len(nrow(main)), lengths(names)), ]
  each$system <- unlist(names)
  each$first <- each$first / rep(lengths(names), lengths(names))
  votes <- tapply(paste(main$rater, main$item), main$criterion, function(x) length(unique(x)))
  out <- aggregate(list(first = each$first), each[c("criterion", "system")], sum)
  out$votes <- as.vector(votes[out$criterion])
  out$first <- out$first / out$votes
  # A first or a worst choice alone gives no places.
  place <- aggregate(list(place = each$place), each[c("criterion", "system")], mean)
  merge(out, place, by = c("criterion", "system"))
}

if (sys.nframe() == 0) print(summarise_study(load_study()))
`
