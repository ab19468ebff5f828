using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>One row of a log, whatever the form of the file. Valid until the next row.</summary>
internal sealed class ZeekRow() : LogRow(ZeekFields.Names.Length)
{
    /// <summary>The value; empty when unset.</summary>
    public ReadOnlySpan<byte> this[ZeekField field] => this[(int)field];

    public bool Has(ZeekField field) => Has((int)field);

    /// <summary>Keeps the value that was written to the room.</summary>
    public void Keep(ZeekField field, int length) => Keep((int)field, length);

    /// <summary>Adds an element to a value that is the last one kept, or begins it.</summary>
    public void KeepElement(ZeekField field, int length) => KeepElement((int)field, length);

    /// <summary>A whole number from 0; null when unset or no such number.</summary>
    public long? Count(ZeekField field) => Count((int)field);

    /// <summary>A port; null when unset or no port.</summary>
    public ushort? Port(ZeekField field) => Port((int)field);

    /// <summary>A boolean; null when unset.</summary>
    public bool? Flag(ZeekField field) => Flag((int)field);

    /// <summary>Text, escaped bytes and all; null when unset.</summary>
    public string? Text(ZeekField field) => Text((int)field);

    /// <summary>The elements of a set or vector as text; empty when unset.</summary>
    public string[] Texts(ZeekField field) => Texts((int)field);

    /// <summary>A time in nanoseconds since the Unix epoch, from seconds, milliseconds, or RFC 3339; null when unset or
    /// none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="digits">Decimal digits of a second that it has, up to 9.</param>
    public long? TimeNs(ZeekField field, out int digits) => TimeNs((int)field, out digits);

    /// <summary>A duration in nanoseconds, at least 0; null when unset.</summary>
    public long? DurationNs(ZeekField field) => DurationNs((int)field);
}
