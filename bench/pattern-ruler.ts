import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** One pass over all events. */
export interface Pass {
  readonly seconds: number;
  /** Seconds of the one thread on a processor; Node.js counts its helpers too. */
  readonly onProcessor: number;
  readonly hits: number;
}

export interface Ruler {
  pass(set: string, count: number): Promise<Pass>;
  stop(): void;
}

/** event-ruler, built by Maven and run in a process of its own. */
export function startRuler(folder: string): Ruler {
  const built = path.resolve('dist/ruler');
  const classes = path.join(built, 'classes');
  const list = path.join(built, 'classpath');
  const goals = ['compile', 'dependency:build-classpath', `-Dmdep.outputFile=${list}`];
  execFileSync('mvn', ['-q', '-B', '-f', 'bench/ruler/pom.xml', ...goals], { stdio: 'inherit' });
  const classpath = [classes, readFileSync(list, 'utf8').trim()].join(path.delimiter);
  const java = spawn('java', ['-cp', classpath, 'Ruler', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: java.stdout })[Symbol.asyncIterator]();
  return {
    async pass(set, count) {
      java.stdin.write(`${set} ${count}\n`);
      const { value } = await answers.next();
      const [seconds = Number.NaN, onProcessor = Number.NaN, hits = Number.NaN] = String(value)
        .split(' ')
        .map(Number);
      return { seconds, onProcessor, hits };
    },
    stop: () => java.stdin.end(),
  };
}
