using System.Runtime.CompilerServices;
using PortAudit.Traffic.Flows;

namespace PortAudit.Reports.Flows;

/// <summary>Fields of columns side by side, each with a comma behind it, as they were written for a flow: those of most flows are the same as for one of few before them.</summary>
/// <typeparam name="TTrait">What the columns are made of.</typeparam>
internal sealed class CsvStretches<TTrait>
    where TTrait : struct, IFlowTrait<TTrait>
{
    /// <summary>Stretches that are kept at most; one takes the place of another.</summary>
    private const uint Places = 256;

    /// <summary>Longest stretch that is kept, in bytes: enough where the path of a capture is not very long.</summary>
    private const int Longest = 256;

    private readonly Place[] _places = new Place[Places];

    /// <summary>The fields of a flow; empty when they are not kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Find(FlowRecord flow)
    {
        ref readonly var place = ref _places[TTrait.HashOf(flow) % Places];
        return place.Trait.IsOf(flow) ? place.Fields.AsSpan(0, place.Length) : default;
    }

    /// <summary>Keeps the fields of a flow.</summary>
    public void Keep(FlowRecord flow, ReadOnlySpan<byte> fields)
    {
        if (fields.Length > Longest)
            return;
        ref var place = ref _places[TTrait.HashOf(flow) % Places];
        place.Fields ??= new byte[Longest];
        fields.CopyTo(place.Fields);
        (place.Trait, place.Length) = (TTrait.Of(flow), fields.Length);
    }

    private struct Place
    {
        public TTrait Trait;
        public byte[]? Fields;
        public int Length;
    }
}
