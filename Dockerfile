# The command `trafficai` with what `serve` needs; `--engine sumo` needs SUMO too, and runs outside.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY .editorconfig Directory.Build.props Directory.Packages.props ./
COPY firmware-contracts/proto firmware-contracts/proto
COPY scripts/named_packages.sh scripts/
COPY src src
# With the named packages that restore here.
RUN bash -euc 'source scripts/named_packages.sh; decide_named_packages "$PWD" docker; dotnet publish src/TrafficAI.Cli -c Release -o /out'

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update && apt-get install -y --no-install-recommends libmosquitto1 && rm -rf /var/lib/apt/lists/* && mkdir -m 1777 /data
COPY --from=build /out /opt/trafficai
WORKDIR /data
ENTRYPOINT ["dotnet", "/opt/trafficai/trafficai.dll"]
