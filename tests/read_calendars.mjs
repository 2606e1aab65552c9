// Reads calendar files with ical.js: JSON list of texts on standard input, JSON list of what it
// understood of each on standard output. Any error ends it with a status other than 0.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

function moment(time) {
  return new Date(time.toUnixTime() * 1000).toISOString();
}

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  return {
    method: calendar.getFirstPropertyValue("method"),
    events: calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        summary: event.summary,
        status: component.getFirstPropertyValue("status"),
        starts_at: moment(event.startDate),
        ends_at: moment(event.endDate),
      };
    }),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
