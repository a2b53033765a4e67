using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using TrafficAI.Signals.Street;

namespace TrafficAI.Runtime;

/// <summary>The whole state of an object as bytes, and back into a twin that the same constructor of the same build has made. Every field of
/// ours is walked, so that none can be forgotten; collections of the base library are their elements; what knows how to save itself does; what is given as fixed,
/// and delegates, stay those of the twin.</summary>
/// <remarks>Saving and loading are one walk: <see cref="StateBytes"/> hands back what it is given when it writes, and what it reads when it
/// reads.</remarks>
internal sealed class StateImage
{
    private const int Null = 0;
    private const int Fixed = 1;
    private const int Seen = 2;
    private const int New = 3;

    private readonly StateBytes bytes;
    private readonly List<object> given = [];
    private readonly Dictionary<object, int> givenPlaces = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> seen = [];
    private readonly Dictionary<object, int> seenPlaces = new(ReferenceEqualityComparer.Instance);

    private StateImage(StateBytes bytes, object given)
    {
        this.bytes = bytes;
        Give(given);
    }

    /// <param name="state">The object.</param>
    /// <param name="given">What never changes, with all that it holds.</param>
    public static ReadOnlyMemory<byte> Save(object state, object given)
    {
        var bytes = StateBytes.ToWrite();
        new StateImage(bytes, given).Fields(state, state.GetType());
        return bytes.Written;
    }

    /// <param name="twin">Made as the object that was saved; after a failure its state is undefined.</param>
    /// <param name="given">The same as it was saved with, or made the same way.</param>
    /// <exception cref="RecordException">The bytes are not of such an object.</exception>
    public static void Load(object twin, object given, ReadOnlyMemory<byte> image)
    {
        try
        {
            var bytes = StateBytes.ToRead(image);
            new StateImage(bytes, given).Fields(twin, twin.GetType());
            bytes.End();
        }
        catch (Exception e) when (e is not (RecordException or OutOfMemoryException))
        {
            throw new RecordException("a snapshot is damaged.", e);
        }
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("TrafficAI.", StringComparison.Ordinal);

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        var own = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(f => f.MetadataToken);
        return type.BaseType is { } above && above != typeof(object) && above != typeof(ValueType) ? FieldsOf(above).Concat(own) : own;
    }

    /// <summary>Numbers a fixed object and all that it holds.</summary>
    private void Give(object? part)
    {
        if (part is null or string or Delegate || part.GetType().IsPrimitive || part.GetType().IsEnum) return;
        if (!part.GetType().IsValueType)
        {
            if (!givenPlaces.TryAdd(part, given.Count)) return;
            given.Add(part);
        }

        // An array of ours is no object of ours: its elements count.
        if ((IsOurs(part.GetType()) && !part.GetType().IsArray) || part.GetType().IsValueType) Give(FieldsOf(part.GetType()).Select(field => field.GetValue(part)));
        else if (part is IEnumerable elements) Give(elements.Cast<object?>());
    }

    private void Give(IEnumerable<object?> parts)
    {
        foreach (var part in parts) Give(part);
    }

    private void Fields(object owner, Type type)
    {
        foreach (var field in FieldsOf(type)) field.SetValue(owner, Value(field.GetValue(owner), field.FieldType));
    }

    private object? Value(object? value, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return bytes.Number(value is null ? 0 : 1) == 0 ? null : Value(value ?? RuntimeHelpers.GetUninitializedObject(inner), inner);
        if (type.IsEnum) return Enum.ToObject(type, Value(Convert.ChangeType(value!, type.GetEnumUnderlyingType(), null), type.GetEnumUnderlyingType())!);
        if (type.IsPrimitive) return Primitive(value!);
        if (type == typeof(string)) return bytes.Text((string?)value);
        if (typeof(Delegate).IsAssignableFrom(type)) return value;
        if (!type.IsValueType) return Reference(value, type);
        Fields(value!, type);
        return value;
    }

    private object Primitive(object value) => value switch
    {
        bool v => bytes.Number(v ? 1 : 0) != 0,
        byte v => (byte)bytes.Number(v),
        ushort v => (ushort)bytes.Number(v),
        int v => (int)bytes.Number(v),
        uint v => (uint)bytes.Number(v),
        long v => bytes.Number(v),
        ulong v => (ulong)bytes.Number((long)v),
        double v => BitConverter.Int64BitsToDouble(bytes.Number(BitConverter.DoubleToInt64Bits(v))),
        _ => throw new NotSupportedException($"A state holds a {value.GetType()}, which has no image."),
    };

    private object? Reference(object? value, Type type)
    {
        var kind = bytes.Number(value is null ? Null : givenPlaces.ContainsKey(value) ? Fixed : seenPlaces.ContainsKey(value) ? Seen : New);
        return kind switch
        {
            Null => null,
            Fixed => At(given, bytes.Number(Place(givenPlaces, value))),
            Seen => At(seen, bytes.Number(Place(seenPlaces, value))),
            New => Object(value, type),
            _ => throw Broken(),
        };
    }

    private object Object(object? value, Type type)
    {
        if (type.IsArray) return Elements((Array?)value, type.GetElementType()!);
        if (!IsOurs(type) || typeof(IEnumerable).IsAssignableFrom(type)) return Collection(value, type);
        var result = bytes.Writes || IsFree(value) ? value! : RuntimeHelpers.GetUninitializedObject(value?.GetType() ?? type);
        if (bytes.Text(result.GetType().FullName) != result.GetType().FullName) throw Broken();
        Keep(result);
        if (result is ISavedState own) Block(own);
        else Fields(result, result.GetType());
        return result;
    }

    private void Block(ISavedState part)
    {
        var block = bytes.Block(bytes.Writes ? part.Save() : default);
        if (!bytes.Writes) part.Restore(block.Span);
    }

    private Array Elements(Array? value, Type element)
    {
        var length = bytes.Length(value?.Length ?? 0);
        var result = bytes.Writes ? value! : Array.CreateInstance(element, length);
        if (!bytes.Writes && value?.Length == length) value.CopyTo(result, 0);
        Keep(result);
        for (var i = 0; i < length; i++) result.SetValue(Value(result.GetValue(i), element), i);
        return result;
    }

    private object Collection(object? value, Type type)
    {
        var element = type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]
            ?? throw new NotSupportedException($"A state holds a {type}, which has no image.");
        var held = ((IEnumerable?)value ?? Array.Empty<object>()).Cast<object?>().ToArray();
        var typed = Array.CreateInstance(element, held.Length);
        Array.Copy(held, typed, held.Length);
        var elements = Elements(typed, element);
        var result = bytes.Writes ? value! : Activator.CreateInstance(type, elements)!;
        Keep(result);
        return result;
    }

    private static int Place(Dictionary<object, int> places, object? value) => value is null ? 0 : places.GetValueOrDefault(value);

    /// <summary>Whether an object of the twin may be filled: it is nobody else's.</summary>
    private bool IsFree(object? value) => value is not null && !givenPlaces.ContainsKey(value) && !seenPlaces.ContainsKey(value);

    private void Keep(object value)
    {
        seenPlaces[value] = seen.Count;
        seen.Add(value);
    }

    private static object At(List<object> list, long place) => place >= 0 && place < list.Count ? list[(int)place] : throw Broken();

    private static RecordException Broken() => new("a snapshot is damaged.");
}
