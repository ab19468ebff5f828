using System.Buffers.Text;
using System.Text;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>Reads ports of SQL Server instances from SQL Browser responses ([MC-SQLR] 3.2.5): to unicast and broadcast
/// requests for one or all instances, and for the dedicated administrator connection. Ignores named pipes.</summary>
internal sealed class SsrpPortTracker : IDynamicPortTracker
{
    /// <summary>Longest instance name, in bytes ([MC-SQLR] 2.2.5).</summary>
    public const int MaximumName = 255;

    private const byte AskDedicatedPort = 0x0F;
    private const byte DedicatedVersion = 0x01;
    private const string Dedicated = "dac";

    private readonly byte[] _asked = new byte[MaximumName];
    private int _askedLength;

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (message.Bytes is [AskDedicatedPort, DedicatedVersion, .. var asked])
            Remember(asked);
        else if (SlammerDatagram.Is(message.Bytes))
            notes.Carry(CarriedKind.Attack, CarriedUse.Slammer);
        else if (SsrpResponse.TryParse(message.Bytes, out var response, out _))
            ReadResponse(response, message, notes);
        return message.Bytes.Length;
    }

    /// <inheritdoc />
    public void Clear() => _askedLength = 0;

    /// <summary>A dedicated connection response does not repeat the instance.</summary>
    private void Remember(ReadOnlySpan<byte> name)
    {
        var end = name.IndexOf((byte)0);
        name = end < 0 ? name : name[..end];
        _askedLength = Math.Min(name.Length, MaximumName);
        name[.._askedLength].CopyTo(_asked);
    }

    private void ReadResponse(SsrpResponse response, in ControlMessage message, AnnouncementNotes notes)
    {
        if (response.DedicatedPort is not 0 and var port)
        {
            Announce(port, _askedLength == 0 ? Dedicated : $"{TextOf(_asked.AsSpan(0, _askedLength))} {Dedicated}",
                message, notes);
            return;
        }

        var instance = default(ReadOnlySpan<byte>);
        var fields = new SsrpFields(response.Text);
        while (fields.MoveNext())
        {
            if (fields.Key.IsEmpty)
                instance = default;
            else if (fields.Key.SequenceEqual("InstanceName"u8))
                instance = fields.Value;
            else if (fields.Key.SequenceEqual("tcp"u8))
                AnnouncePorts(fields.Value, instance, message, notes);
        }
    }

    /// <summary>One or more ports separated by commas, each optionally after an address and a colon. The responder's
    /// address is used: the server's own may be known only to it.</summary>
    private static void AnnouncePorts(ReadOnlySpan<byte> ports, ReadOnlySpan<byte> instance, in ControlMessage message,
        AnnouncementNotes notes)
    {
        foreach (var range in ports.Split((byte)','))
        {
            var text = ports[range].Trim((byte)' ');
            text = text[(text.LastIndexOf((byte)':') + 1)..];
            if (Utf8Parser.TryParse(text, out ushort port, out var length) && length == text.Length)
                Announce(port, instance.IsEmpty ? null : TextOf(instance), message, notes);
        }
    }

    private static void Announce(ushort port, string? instance, in ControlMessage message, AnnouncementNotes notes) =>
        notes.Announce(new AnnouncementDraft(new Endpoint(message.Sender.Address, port), IpProtocol.Tcp,
            message.Receiver.Address)
        { Protocol = "tds", Service = instance, IsStanding = true });

    private static string TextOf(ReadOnlySpan<byte> name) =>
        Encoding.UTF8.GetString(name[..Math.Min(name.Length, MaximumName)]);
}
