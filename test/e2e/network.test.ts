/** The page reaches no network by any way, and nothing on disk beside its own folder. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

let lab: OpenLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

describe('the page', () => {
  it('reaches no server, nor does anything else in its session', async () => {
    let visits = 0;
    const server = createServer((_request, response) => {
      visits++;
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const fromPage = lab.page.evaluate((url) => fetch(url).then(String), address);
    await expect(fromPage).rejects.toThrow();
    const fromSession = lab.app.evaluate(
      ({ session }, url) => session.defaultSession.fetch(url).then(String),
      address,
    );
    await expect(fromSession).rejects.toThrow();
    server.close();
    expect(visits).toBe(0);
  });

  it('sends no packet and begins no connection, by WebRTC or by hints to the browser', async () => {
    let [packets, connections] = [0, 0];
    const udp = createSocket('udp4').on('message', () => packets++);
    const tcp = createTcpServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((listening) => udp.bind(0, listening));
    await new Promise<void>((listening) => tcp.listen(0, listening));
    const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const asked = {
      hosts: [
        ...own.filter(({ family }) => family === 'IPv4').map((one) => one.address),
        'localhost',
      ],
      udpPort: udp.address().port,
      tcpPort: (tcp.address() as AddressInfo).port,
    };
    const candidates = await lab.page.evaluate(async ({ hosts, udpPort, tcpPort }) => {
      const login = { username: 'a', credential: 'b' };
      const iceServers = hosts.flatMap((host) => [
        { urls: `stun:${host}:${udpPort}` },
        { urls: `turn:${host}:${udpPort}?transport=udp`, ...login },
        { urls: `turn:${host}:${tcpPort}?transport=tcp`, ...login },
      ]);
      for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'prerender', 'icon']) {
        const href = `http://${hosts[0]}:${tcpPort}/`;
        document.head.append(Object.assign(document.createElement('link'), { rel, href }));
      }
      const connection = new RTCPeerConnection({ iceServers });
      const found: string[] = [];
      connection.onicecandidate = ({ candidate }) => candidate && found.push(candidate.candidate);
      connection.createDataChannel('out');
      await connection.setLocalDescription(await connection.createOffer());
      await new Promise((later) => setTimeout(later, 2_000));
      connection.close();
      return found;
    }, asked);
    udp.close();
    tcp.close();
    expect({ packets, connections, candidates }).toEqual({
      packets: 0,
      connections: 0,
      candidates: [],
    });
  });

  it('finds out no address', async () => {
    const resolved = lab.app.evaluate(({ session }) =>
      session.defaultSession.resolveHost('localhost').then(JSON.stringify),
    );
    await expect(resolved).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
  });

  it('downloads nothing', async () => {
    const state = lab.app.evaluate(
      ({ session }) =>
        new Promise((told) => {
          session.defaultSession.once('will-download', (event, item) =>
            setTimeout(() => told([event.defaultPrevented, item.getSavePath()]), 200),
          );
        }),
    );
    await lab.page.evaluate(() => {
      const href = URL.createObjectURL(new Blob(['x']));
      Object.assign(document.createElement('a'), { href, download: '.bashrc' }).click();
    });
    expect(await state).toEqual([true, '']);
  });

  it.each(['..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '..%5c..%5cpackage.json'])(
    'cannot read files outside its folder (%s)',
    async (path) => {
      const status = await lab.page.evaluate(
        (name) => fetch(`app://lab/${name}`).then((response) => response.status),
        path,
      );
      expect(status).toBeGreaterThanOrEqual(403);
    },
  );

  it('is told in one sentence what is wrong with a request', async () => {
    const request = lab.request('run.open', { id: '../elsewhere' });
    await expect(request).rejects.toThrow(/id: a run id/);
  });
});
