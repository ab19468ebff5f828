using System.Collections.Immutable;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Audit.Catalog;

/// <summary>The operations by which hosts are administered from afar, and the protocols that carry them.</summary>
/// <param name="All">The operations, in the order of the file.</param>
/// <param name="Carriers">Protocols within which operations travel that are not protocols of their own.</param>
internal sealed record SensitiveOperations(ImmutableArray<SensitiveOperation> All, ImmutableArray<string> Carriers)
{
    /// <summary>Name of the shipped file, without extension.</summary>
    public const string FileName = "sensitive-operations";

    private static readonly Lazy<SensitiveOperations> ShippedOnce = new(ReadShipped);

    public static SensitiveOperations Shipped => ShippedOnce.Value;

    /// <summary>Protocols and services that are for administration alone.</summary>
    private ImmutableArray<string> Sessions { get; } =
        [.. All.SelectMany(operation => operation.Services.IsEmpty ? operation.Protocols : operation.Services)];

    /// <summary>RPC interfaces that are for administration alone, whatever is called.</summary>
    private ImmutableArray<string> Interfaces { get; } =
        [.. All.Where(operation => operation.Calls.IsEmpty).SelectMany(operation => operation.Interfaces)];

    /// <summary>True for what, as bytes or a registered port name it, is for administration alone.</summary>
    /// <param name="names">Protocols, services and RPC interfaces that bytes prove; empty when none are.</param>
    /// <param name="ports">Responder ports.</param>
    public bool IsOperation(ImmutableArray<string> names, IEnumerable<ushort> ports) => names.IsEmpty
        ? ports.Any(port => Sessions.Any(name => IsPortOf(name, port)))
        : names.Any(name => Sessions.Contains(name) || Interfaces.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>True for what, as bytes or a registered port name it, carries administration among other
    /// services.</summary>
    /// <param name="protocols">Protocols that bytes prove; empty when none do.</param>
    /// <param name="ports">Responder ports.</param>
    public bool IsCarrier(IEnumerable<string> protocols, IEnumerable<ushort> ports)
    {
        var proved = protocols.ToList();
        return proved.Count > 0
            ? proved.Any(protocol => Carriers.Contains(protocol))
            : ports.Any(port => Carriers.Any(name => IsPortOf(name, port)));
    }

    /// <summary>True when one of these protocols is for administration alone, not a carrier of other services
    /// too.</summary>
    public bool IsSession(IEnumerable<string> protocols) => protocols.Any(protocol => Sessions.Contains(protocol));

    /// <summary>True for the service of an RPC interface that is one of the operations, whatever is called.</summary>
    public bool IsSensitive(string service) =>
        All.Any(operation => operation.Interfaces.Contains(service, StringComparer.OrdinalIgnoreCase));

    private static bool IsPortOf(string name, ushort port) => ProtocolRegistry.Find(name) is { } row
        && (row.TcpPorts.Contains(port) || row.UdpPorts.Contains(port));

    private static SensitiveOperations ReadShipped()
    {
        var file = new FileDiagnostics(ShippedRules.PathOf(FileName));
        return ShippedRules.Read(FileName, file) is { } yaml
            ? OperationsReader.Read(yaml, file)
            : new SensitiveOperations([], []);
    }
}
