namespace PortAudit.Mutants;

/// <summary>
/// Breaks captures in the ways in which captures break: bytes flipped, cut off, inserted, left out; records repeated,
/// lost, exchanged, taken from another capture; length fields blown up; packets cut, stretched and changed within
/// records that stay sound. The same seed gives the same mutants.
/// </summary>
/// <param name="seed">Seed of the random numbers.</param>
public sealed class CaptureMutator(int seed)
{
    /// <summary>Changes of one mutant at most.</summary>
    public const int MaximumChanges = 4;

    /// <summary>Length of a mutant in bytes, beyond which it is cut.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    /// <summary>Headers stand in the first bytes of a packet: most changes go there.</summary>
    private const int HeaderBytes = 96;

    private const int MaximumInsertion = 64;

    /// <summary>Values at which length checks fail when they fail: nothing, one less than a header, the sign bit,
    /// everything.</summary>
    private static readonly uint[] Extremes = [0, 1, 3, 7, 15, 19, 20, 27, 255, 256, 0x7FFF, 0x8000, 0xFFFF, 0x10000,
        0x0004_0000, 0x0004_0001, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF];

    private readonly Random _random = new(seed);

    /// <summary>The next mutant.</summary>
    /// <param name="capture">A capture; not changed.</param>
    /// <param name="donor">Another capture, from which packets may be taken.</param>
    public byte[] Mutate(ReadOnlySpan<byte> capture, ReadOnlySpan<byte> donor)
    {
        var mutant = capture.ToArray();
        for (var change = _random.Next(1, MaximumChanges + 1); change > 0; change--)
        {
            var layout = _random.Next(4) == 0 ? null : RecordLayout.Of(mutant);
            mutant = layout is null ? ChangeBytes(mutant) : ChangeRecords(layout, mutant, donor);
        }

        return mutant.Length <= MaximumLength ? mutant : mutant[..MaximumLength];
    }

    private byte[] ChangeBytes(byte[] bytes)
    {
        if (bytes.Length == 0)
            return bytes;
        var at = _random.Next(2) == 0 ? _random.Next(bytes.Length) : _random.Next(Math.Min(bytes.Length, HeaderBytes));
        var length = _random.Next(1, MaximumInsertion);
        switch (_random.Next(6))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. Noise(length), .. bytes[at..]];
            case 2:
                return [.. bytes[..at], .. bytes[Math.Min(at + length, bytes.Length)..]];
            case 3:
                return [.. bytes[..at], .. bytes.AsSpan(at, Math.Min(length, bytes.Length - at)), .. bytes[at..]];
            case 4:
                PutExtreme(bytes, at);
                return bytes;
            default:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                return bytes;
        }
    }

    private byte[] ChangeRecords(RecordLayout layout, byte[] capture, ReadOnlySpan<byte> donor)
    {
        var records = layout.Split(capture);
        if (records.Count == 0)
            return capture;
        var at = _random.Next(records.Count);
        switch (_random.Next(9))
        {
            case 0:
                records.Insert(_random.Next(records.Count + 1), records[at]);
                break;
            case 1:
                records.RemoveAt(at);
                break;
            case 2:
                var other = _random.Next(records.Count);
                (records[at], records[other]) = (records[other], records[at]);
                break;
            case 3:
                BlowUpLength(layout, records[at]);
                break;
            case 4:
                records[at] = WithPacketOf(layout, records[at], donor);
                break;
            default:
                records[at] = WithChangedPacket(layout, records[at]);
                break;
        }

        return [.. capture.AsSpan(0, layout.HeadLength), .. records.SelectMany(record => record)];
    }

    private void BlowUpLength(RecordLayout layout, byte[] record)
    {
        var fields = layout.LengthFields;
        var field = fields[_random.Next(fields.Length)];
        if (field + sizeof(uint) > record.Length)
            return;
        var value = layout.U32(record.AsSpan(field));
        layout.Put(record, field, _random.Next(3) switch
        {
            0 => value + 1,
            1 => value - 1,
            _ => Extremes[_random.Next(Extremes.Length)],
        });
    }

    private byte[] WithPacketOf(RecordLayout layout, byte[] record, ReadOnlySpan<byte> donor)
    {
        if (layout.PacketOf(record).Length == 0 || RecordLayout.Of(donor) is not { } other)
            return record;
        var packets = other.Split(donor);
        var taken = packets.Count == 0 ? [] : packets[_random.Next(packets.Count)];
        var (offset, length) = other.PacketOf(taken);
        return length == 0 ? record : layout.WithPacket(record, taken.AsSpan(offset, length));
    }

    private byte[] WithChangedPacket(RecordLayout layout, byte[] record)
    {
        var (offset, length) = layout.PacketOf(record);
        if (length == 0)
            return record;
        var packet = record.AsSpan(offset, length).ToArray();
        var at = _random.Next(Math.Min(length, _random.Next(4) == 0 ? length : HeaderBytes));
        switch (_random.Next(5))
        {
            case 0:
                packet = packet[..at];
                break;
            case 1:
                packet = [.. packet[..at], .. Noise(_random.Next(1, MaximumInsertion)), .. packet[at..]];
                break;
            case 2:
                packet[at] = (byte)_random.Next(256);
                break;
            case 3:
                packet[at] ^= (byte)(1 << _random.Next(8));
                break;
            default:
                PutExtreme(packet, at);
                break;
        }

        return layout.WithPacket(record, packet);
    }

    /// <summary>Writes an extreme value of one, two or four bytes, big endian as headers on the wire are.</summary>
    private void PutExtreme(byte[] bytes, int at)
    {
        var value = Extremes[_random.Next(Extremes.Length)];
        for (var shift = 8 * ((1 << _random.Next(3)) - 1); shift >= 0 && at < bytes.Length; shift -= 8)
            bytes[at++] = (byte)(value >> shift);
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }
}
