using Postgres.Testing;

[assembly: AssemblyFixture(typeof(TestServer))]
