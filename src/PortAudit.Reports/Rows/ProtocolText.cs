using PortAudit.Reports.Writing;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Rows;

/// <summary>A flow's protocol and service for display, each with a question mark if known only by the port, and the
/// protocol of the proxy. Empty if unknown.</summary>
internal static class ProtocolText
{
    /// <summary>Marks a name known only by the port.</summary>
    public const char ByPort = '?';

    /// <summary>Explains the mark.</summary>
    public const string ByPortNote = "A question mark (?) marks protocols known only by the port.";

    public static void Append(FlowRecord flow, Utf8Row text)
    {
        AppendName(flow.Protocol, flow.ProtocolBasis, text);
        if (flow.Service is not null)
        {
            text.Append((byte)'/');
            AppendName(flow.Service, flow.ServiceBasis, text);
        }

        if (flow.Proxy() is not { } proxy)
            return;
        text.Append(" via "u8);
        text.Append(VisibleText.Escape(proxy));
    }

    private static void AppendName(string? name, IdentificationBasis basis, Utf8Row text)
    {
        if (name is null)
            return;
        text.Append(VisibleText.Escape(name));
        if (basis == IdentificationBasis.Port)
            text.Append((byte)ByPort);
    }
}
