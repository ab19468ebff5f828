namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The first unencrypted alerts of one direction (RFC 8446 §6, RFC 5246 §7.2), by value.</summary>
internal record struct TlsAlerts
{
    /// <summary>Alerts kept per direction; a handshake has at most a warning or two and a final one.</summary>
    public const int Maximum = 4;

    private const int BitsPerAlert = 16;

    private ulong _packed;

    public int Count { get; private set; }

    public readonly (byte Level, byte Description) this[int index]
    {
        get
        {
            var alert = (ushort)(_packed >> (index * BitsPerAlert));
            return ((byte)(alert >> 8), (byte)alert);
        }
    }

    /// <summary>Adds an alert if there is room.</summary>
    public void Add(byte level, byte description)
    {
        if (Count == Maximum)
            return;
        _packed |= (ulong)((level << 8) | description) << (Count * BitsPerAlert);
        Count++;
    }
}
