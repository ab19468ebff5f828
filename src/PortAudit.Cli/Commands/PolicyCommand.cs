using System.CommandLine;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit policy</c>: what configurations of firewalls say, without any capture.</summary>
internal sealed class PolicyCommand(CommandEnvironment environment, DiagnosticLog log)
{
    /// <summary>The command with its subcommands.</summary>
    public Command Build() => new("policy",
        "Checks configurations of firewalls, and says what a firewall does with a packet. "
            + "Example: 'portaudit policy check captures/firewall/firewall.nft'.")
    {
        new PolicyCheckCommand(environment, log).Build(),
        new PolicyQueryCommand(environment, log).Build(),
    };
}
