using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Training;

/// <summary>Parts examples by group, never by flow: flows of one site resemble each other. A group's side rests on its
/// name and the seed alone.</summary>
/// <param name="Training">What is trained and tuned on.</param>
/// <param name="HeldOut">What is measured on, once.</param>
internal sealed record GroupSplit(ImmutableArray<FlowExample> Training, ImmutableArray<FlowExample> HeldOut)
{
    /// <summary>One group in so many is held out.</summary>
    private const int HeldOutShare = 3;

    /// <summary>Parts in which the training examples are tuned: each is scored by trees that did not see it.</summary>
    public const int Folds = 5;

    public static GroupSplit Of(ImmutableArray<FlowExample> examples, int seed) => new(
        [.. examples.Where(example => !IsHeldOut(example, seed))],
        [.. examples.Where(example => IsHeldOut(example, seed))]);

    /// <summary>The part of a group, 0 to <see cref="Folds"/> - 1.</summary>
    public static int FoldOf(string group, int seed) => (int)(Number(group, seed, "fold") % Folds);

    private static bool IsHeldOut(FlowExample example, int seed) =>
        example.IsHeldOut || Number(example.Group, seed, "held out") % HeldOutShare == 0;

    private static uint Number(string group, int seed, string purpose) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{purpose}\n{seed}\n{group}"))));
}
