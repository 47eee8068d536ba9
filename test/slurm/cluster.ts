/** A real Slurm of two nodes on this machine, for the time of a test: Debian's slurm-wlm, no accounting. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The nodes, of two cores each, whatever this machine has. */
const NODES = ['n1', 'n2'];

/** A cluster that runs. */
export interface Cluster {
  /** What programs need in their environment to find it. */
  env: NodeJS.ProcessEnv;
  /** Runs one of Slurm's commands. @throws Error with what it said where it fails */
  call(program: string, ...args: string[]): string;
  /** Kills the daemon of a node and all that it runs, as a power cut does. */
  killNode(node: string): void;
  /** Starts the nodes that were killed. */
  mend(): Promise<void>;
  /** The tasks in the queue: number, state, node. */
  queue(): { task: number; job: string; state: string; node: string }[];
  stop(): Promise<void>;
}

/** Starts one. @param folder takes its state and logs */
export async function startCluster(folder: string): Promise<Cluster> {
  for (const name of ['state', ...NODES.map((node) => `spool-${node}`)]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const [controller, ...ports] = await freePorts(NODES.length + 1);
  writeFileSync(join(folder, 'slurm.conf'), confOf(folder, controller!, ports));
  const env = { ...process.env, SLURM_CONF: join(folder, 'slurm.conf') };
  const daemons = new Map<string, ChildProcess>();
  const start = (name: string, program: string, ...args: string[]) => {
    const child = spawn(program, ['-D', ...args], { env, stdio: 'ignore' });
    child.once('error', (error) => {
      throw new Error(`Slurm is needed (Debian: apt-get install slurm-wlm): ${error.message}`);
    });
    daemons.set(name, child);
  };
  const call = (program: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const idle = (node: string) =>
    until(`${node} is up`, () =>
      /^(idle|mixed)/.test(call('sinfo', '-h', '-n', node, '-p', 'low', '-o', '%T')),
    );
  start('controller', 'slurmctld', '-c');
  for (const node of NODES) start(node, 'slurmd', '-N', node);
  const cluster: Cluster = {
    env,
    call,
    killNode(node) {
      for (const pid of [daemons.get(node)!.pid!, ...tasksOf(node)]) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It ended meanwhile.
        }
      }
      daemons.delete(node);
    },
    async mend() {
      for (const node of NODES) if (!daemons.has(node)) start(node, 'slurmd', '-N', node);
      for (const node of NODES) await idle(node);
    },
    queue: () =>
      call('squeue', '-h', '-r', '-o', '%K|%F|%T|%N')
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('|'))
        .map(([task, job, state, node]) => ({
          task: Number(task),
          job: job!,
          state: state!,
          node: node!,
        })),
    async stop() {
      const gone = [...daemons.values()].map((child) =>
        child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null,
      );
      for (const child of daemons.values()) child.kill('SIGTERM');
      await Promise.race([Promise.all(gone), wait(5000)]);
      for (const child of daemons.values()) child.kill('SIGKILL');
    },
  };
  for (const node of NODES) await idle(node);
  return cluster;
}

const confOf = (folder: string, controller: number, ports: readonly number[]): string =>
  [
    'ClusterName=lab',
    `SlurmctldHost=${hostname()}(127.0.0.1)`,
    `SlurmctldPort=${controller}`,
    `SlurmUser=${userInfo().username}`,
    `SlurmdUser=${userInfo().username}`,
    'AuthType=auth/none',
    'CredType=cred/none',
    // A task that is run again waits for so long, in seconds; Slurm's own choice is 120.
    'AuthInfo=cred_expire=5',
    `StateSaveLocation=${join(folder, 'state')}`,
    `SlurmdSpoolDir=${join(folder, 'spool-%n')}`,
    `SlurmctldPidFile=${join(folder, 'slurmctld.pid')}`,
    `SlurmdPidFile=${join(folder, 'slurmd-%n.pid')}`,
    `SlurmctldLogFile=${join(folder, 'slurmctld.log')}`,
    `SlurmdLogFile=${join(folder, 'slurmd-%n.log')}`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'SwitchType=switch/none',
    'MpiDefault=none',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_CPU',
    'SlurmdParameters=config_overrides',
    'ReturnToService=2',
    'SlurmdTimeout=10',
    'KillWait=10',
    'RequeueExit=75',
    'PreemptType=preempt/partition_prio',
    'PreemptMode=REQUEUE',
    'SchedulerParameters=sched_interval=2,bf_interval=2',
    ...NODES.map(
      (node, i) =>
        `NodeName=${node} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${ports[i]} CPUs=2 State=UNKNOWN`,
    ),
    'PartitionName=low Nodes=ALL Default=YES PriorityTier=1 PreemptMode=REQUEUE MaxTime=INFINITE State=UP',
    'PartitionName=high Nodes=ALL PriorityTier=9 PreemptMode=OFF MaxTime=INFINITE State=UP',
    '',
  ].join('\n');

/** Ports that nobody listens at now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports: number[] = [];
  for (const server of servers) {
    if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
    ports.push((server.address() as { port: number }).port);
  }
  for (const server of servers) server.close();
  return ports;
}

/** What a node runs, with what watches over it: neither is below its daemon. */
function tasksOf(node: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.filter((pid) => {
    const names = textOf(`/proc/${pid}/environ`).split('\0');
    return names.includes(`SLURMD_NODENAME=${node}`);
  });
  const parents = found.map((pid) => /^PPid:\s*(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1]);
  const watching = parents.flatMap((pid) =>
    pid && textOf(`/proc/${pid}/comm`).startsWith('slurmstepd') ? [pid] : [],
  );
  return [...watching, ...found].map(Number);
}

/** Nothing of a process that has ended, or is another's. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Waits until something holds. @throws Error naming it after so long, in ms */
export async function until(what: string, holds: () => boolean, most = 60_000): Promise<void> {
  const end = performance.now() + most;
  for (;;) {
    try {
      if (holds()) return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    if (performance.now() > end) throw new Error(`not in time: ${what}`);
    await wait(200);
  }
}
