# The program mailstore: docker build --tag mailstore .
# docker-compose.yml brings it up with PostgreSQL; docs/deployment.md tells the rest.
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0
# Nothing below needs a shell in it: aspnet:10.0-noble-chiseled, which has none, will do too.
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0

FROM $SDK AS build
WORKDIR /source
# First only what names the packages, so that they are fetched again when that changes and not with every line of code.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Backend.Abstractions/Backend.Abstractions.csproj src/Backend.Abstractions/
COPY src/Backend.EfCore/Backend.EfCore.csproj src/Backend.EfCore/
COPY src/Backend.Mime/Backend.Mime.csproj src/Backend.Mime/
COPY src/Imap.Server/Imap.Server.csproj src/Imap.Server/
COPY src/MailStore/MailStore.csproj src/MailStore/
COPY src/Migrations/Backend.EfCore.Postgres/Backend.EfCore.Postgres.csproj src/Migrations/Backend.EfCore.Postgres/
COPY src/Migrations/Backend.EfCore.Sqlite/Backend.EfCore.Sqlite.csproj src/Migrations/Backend.EfCore.Sqlite/
RUN dotnet restore src/MailStore --use-current-runtime
COPY . .
RUN dotnet publish src/MailStore --no-restore --use-current-runtime --no-self-contained --output /app && mkdir /store

FROM $RUNTIME
COPY --from=build /app /app
# The user "app" of .NET's images, by number, so that it can be told that this is not root.
COPY --from=build --chown=1654:1654 /store /var/lib/mailstore
WORKDIR /var/lib/mailstore
USER 1654:1654
ENV PATH=/app:$PATH MAILSTORE__LISTEN=0.0.0.0:1143
EXPOSE 1143
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s --retries=3 CMD ["mailstore", "healthcheck"]
ENTRYPOINT ["/app/mailstore"]
