using PortAudit.Reports.Writing;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Rows;

/// <summary>What a flow speaks, for the eye: protocol and service, each with a question mark where nothing but the port
/// says so, and the protocol by which a proxy was asked for it. Empty where none is known.</summary>
internal static class ProtocolText
{
    /// <summary>Stands behind a name that nothing but the port says.</summary>
    public const char ByPort = '?';

    /// <summary>Tells a reader what it means.</summary>
    public const string ByPortNote = "A question mark (?) stands where nothing but the port says so.";

    /// <summary>Appends it to a row.</summary>
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
