// After the last test: removes what the workers shared.
import { rmSync } from "node:fs";

export default function teardown() {
  rmSync(process.env.HUIMIN_RUN!, { recursive: true, force: true });
}
