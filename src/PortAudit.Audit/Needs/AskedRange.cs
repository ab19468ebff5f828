using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Needs;

/// <summary>A range of ports that a rule asks for.</summary>
/// <param name="Transport">The transport.</param>
/// <param name="Ports">The range; null for a transport without ports and for a parameter without a value.</param>
/// <param name="Parameter">The parameter without a value; empty for none.</param>
/// <param name="Rule">The rule.</param>
/// <param name="IsInherited">True when the rule names other roles than the pair.</param>
internal readonly record struct AskedRange(IpProtocol Transport, PortRange? Ports, string Parameter, BoundRule Rule,
    bool IsInherited);
