using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Backend.Specification.Tests.Steps;
using Npgsql;
using Postgres.Testing;

namespace Backend.Postgres.Tests.Updates;

/// <summary>Updates between two stores while the server, or the way to it, is gone.</summary>
public sealed class OutageTests(TestServer tests)
{
    const int ListeningFailed = 1020;
    const int ListeningAgain = 1021;

    static CancellationToken Token => PostgresStore.Token;

    [Fact]
    public async Task The_server_may_be_killed_and_started_again()
    {
        await using var server = await LocalServer.TryStartAsync(durable: false, Token);
        Assert.SkipWhen(server is null, "There are no PostgreSQL binaries on this machine, so no server that could be killed.");
        var (store, user) = await PostgresStore.StartAsync(server);
        await using var _ = store;
        await using var second = store.OpenSecond();
        await using var follower = await Follower.StartAsync(second);
        var inbox = await user.OpenAsync("INBOX");
        await inbox.AppendAsync();
        await follower.AssertArrivesAsync(inbox);

        for (var round = 1; round <= 2; round++)
        {
            await server.KillAsync();
            await UntilAsync(() => second.Log.Of(ListeningFailed).Count == round);
            Assert.Equal(BackendError.Unavailable, (await Assert.ThrowsAsync<BackendException>(() => inbox.AppendAsync())).Error);
            await server.StartAgainAsync(Token);

            await inbox.AppendAsync();
            await follower.AssertArrivesAsync(inbox);
            await UntilAsync(() => second.Log.Of(ListeningAgain).Count == round);
            Assert.Equal(round, second.Log.Of(ListeningFailed).Count);
        }
    }

    /// <summary>As when a firewall forgets a connection: no end is told of, there is only silence.</summary>
    [Fact]
    public async Task A_connection_that_fell_silent_is_noticed()
    {
        var (store, user) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var _ = store;
        await using var way = new Way(store.ConnectionString);
        await using var second = store.OpenSecond(options => options.UpdateConnection = way.ConnectionString);
        await using var follower = await Follower.StartAsync(second);
        var inbox = await user.OpenAsync("INBOX");
        await inbox.AppendAsync();
        await follower.AssertArrivesAsync(inbox);

        way.FallSilent();
        await inbox.AppendAsync();

        await follower.AssertArrivesAsync(inbox);
        Assert.NotEmpty(second.Log.Of(ListeningFailed));
        Assert.NotEmpty(second.Log.Of(ListeningAgain));
    }

    static async Task UntilAsync(Func<bool> condition)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(10, Token))
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "It does not come.");
    }

    /// <summary>A way to the server by which connections can be made to fall silent.</summary>
    sealed class Way : IAsyncDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly NpgsqlConnectionStringBuilder server;
        readonly List<Socket> sockets = [];
        readonly Task accepting;
        int silent;
        int accepted;

        public Way(string connectionString)
        {
            server = new NpgsqlConnectionStringBuilder(connectionString);
            listener.Start();
            accepting = AcceptAsync();
        }

        public string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            KeepAlive = 1,
            CommandTimeout = 1,
            SslMode = SslMode.Disable,
        }.ConnectionString;

        /// <summary>Nothing comes through any longer on the connections that there are now.</summary>
        public void FallSilent() => Volatile.Write(ref silent, Volatile.Read(ref accepted));

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await accepting;
            lock (sockets)
                sockets.ForEach(static socket => socket.Dispose());
        }

        async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var near = await listener.AcceptSocketAsync(Token);
                    var far = await ConnectAsync();
                    lock (sockets)
                        sockets.AddRange([near, far]);
                    var number = Interlocked.Increment(ref accepted);
                    _ = CarryAsync(near, far, number);
                    _ = CarryAsync(far, near, number);
                }
            }
            catch (SocketException)
            {
                // The test is over.
            }
        }

        async Task<Socket> ConnectAsync()
        {
            EndPoint endPoint = server.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{server.Host}/.s.PGSQL.{server.Port}") : new DnsEndPoint(server.Host, server.Port);
            var socket = endPoint is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endPoint, Token);
            return socket;
        }

        async Task CarryAsync(Socket from, Socket to, int number)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer, Token) is > 0 and var count)
                    if (number > Volatile.Read(ref silent))
                        await to.SendAsync(buffer.AsMemory(0, count), Token);
                to.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One side has gone.
            }
        }
    }
}
