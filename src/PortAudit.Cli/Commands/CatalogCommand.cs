using System.CommandLine;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit catalog</c>: what the catalogs say, without any capture.</summary>
internal sealed class CatalogCommand(CommandEnvironment environment, DiagnosticLog log)
{
    public Command Build() => new("catalog", "Shows what the catalogs require of a network, and checks catalogs. "
        + "Example: 'portaudit catalog query --port 5061'.")
    {
        new CatalogListCommand(environment, log).Build(),
        new CatalogShowCommand(environment, log).Build(),
        new CatalogQueryCommand(environment, log).Build(),
        new CatalogCompareCommand(environment, log).Build(),
        new CatalogCheckCommand(environment, log).Build(),
    };
}
